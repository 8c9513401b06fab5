/** Reports of all kinds and habits, brought to the one form that readers of the compliance view can bear. Pure. */
@NullMarked
package io.edgemc.c2p.normalise;

import org.jspecify.annotations.NullMarked;
