@NullMarked
package io.edgemc.gateway;

import org.jspecify.annotations.NullMarked;
