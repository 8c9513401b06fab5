@NullMarked
package io.edgemc.placement.resolve;

import org.jspecify.annotations.NullMarked;
