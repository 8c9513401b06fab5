/** What: the objects of the spaces, as far as placement needs to know them, and which placement wants which of them. */
@NullMarked
package io.edgemc.placement.resolve.space;

import org.jspecify.annotations.NullMarked;
