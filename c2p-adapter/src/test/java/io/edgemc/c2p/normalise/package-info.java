@NullMarked
package io.edgemc.c2p.normalise;

import org.jspecify.annotations.NullMarked;
