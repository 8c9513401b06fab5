/** Ties the engine to the resolver: versions become changes, results become status, clusters live and end. */
@NullMarked
package io.edgemc.placement.desired;

import org.jspecify.annotations.NullMarked;
