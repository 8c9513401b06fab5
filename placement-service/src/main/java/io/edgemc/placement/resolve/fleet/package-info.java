/** Where: which clusters a placement selects. */
@NullMarked
package io.edgemc.placement.resolve.fleet;

import org.jspecify.annotations.NullMarked;
