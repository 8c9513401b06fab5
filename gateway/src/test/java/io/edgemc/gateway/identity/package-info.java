@NullMarked
package io.edgemc.gateway.identity;

import org.jspecify.annotations.NullMarked;
