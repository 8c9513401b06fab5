/** Clusters that come, fall silent and go, and the policies that move to and from them. */
@NullMarked
package io.edgemc.c2p.fleet;

import org.jspecify.annotations.NullMarked;
