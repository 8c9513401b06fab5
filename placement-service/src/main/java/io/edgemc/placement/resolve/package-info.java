/**
 * Which object goes to which cluster, how it looks there, and why: a pure, single-threaded, in-memory model of desired state.
 * {@link io.edgemc.placement.resolve.PlacementResolver} is the one way in.
 */
@NullMarked
package io.edgemc.placement.resolve;

import org.jspecify.annotations.NullMarked;
