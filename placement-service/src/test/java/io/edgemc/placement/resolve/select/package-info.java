@NullMarked
package io.edgemc.placement.resolve.select;

import org.jspecify.annotations.NullMarked;
