@NullMarked
package io.edgemc.placement.space;

import org.jspecify.annotations.NullMarked;
