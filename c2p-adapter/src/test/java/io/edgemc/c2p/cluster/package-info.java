@NullMarked
package io.edgemc.c2p.cluster;

import org.jspecify.annotations.NullMarked;
