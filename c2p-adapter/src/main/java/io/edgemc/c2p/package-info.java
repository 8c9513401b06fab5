@NullMarked
package io.edgemc.c2p;

import org.jspecify.annotations.NullMarked;
