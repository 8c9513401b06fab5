@NullMarked
package io.edgemc.c2p.oscal;

import org.jspecify.annotations.NullMarked;
