/** Transitions of compliance, to the public topic. */
@NullMarked
package io.edgemc.c2p.compliance;

import org.jspecify.annotations.NullMarked;
