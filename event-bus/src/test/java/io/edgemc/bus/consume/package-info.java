@NullMarked
package io.edgemc.bus.consume;

import org.jspecify.annotations.NullMarked;
