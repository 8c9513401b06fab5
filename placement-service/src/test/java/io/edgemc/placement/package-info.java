@NullMarked
package io.edgemc.placement;

import org.jspecify.annotations.NullMarked;
