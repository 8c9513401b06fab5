/** The state of policies at clusters, and totals over them that are kept by differences. Pure. */
@NullMarked
package io.edgemc.c2p.state;

import org.jspecify.annotations.NullMarked;
