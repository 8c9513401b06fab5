/** The clusters of the fleet, and whether their reports count as current. */
@NullMarked
package io.edgemc.c2p.cluster;

import org.jspecify.annotations.NullMarked;
