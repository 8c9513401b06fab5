@NullMarked
package io.edgemc.bus.event;

import org.jspecify.annotations.NullMarked;
