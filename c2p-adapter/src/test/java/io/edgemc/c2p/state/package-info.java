@NullMarked
package io.edgemc.c2p.state;

import org.jspecify.annotations.NullMarked;
