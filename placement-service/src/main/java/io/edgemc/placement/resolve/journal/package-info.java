/** Undo for the in-memory model, so that a failed commit leaves no trace. */
@NullMarked
package io.edgemc.placement.resolve.journal;

import org.jspecify.annotations.NullMarked;
