@NullMarked
package io.edgemc.bus.publish;

import org.jspecify.annotations.NullMarked;
