/** The contents that a resolution produces, and those of earlier ones. */
@NullMarked
package io.edgemc.placement.resolve.content;

import org.jspecify.annotations.NullMarked;
