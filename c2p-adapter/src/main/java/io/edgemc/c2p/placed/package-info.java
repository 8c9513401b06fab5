/** Which policies are placed on which clusters, by following the differences of targets. */
@NullMarked
package io.edgemc.c2p.placed;

import org.jspecify.annotations.NullMarked;
