@NullMarked
package io.edgemc.gateway.answer;

import org.jspecify.annotations.NullMarked;
