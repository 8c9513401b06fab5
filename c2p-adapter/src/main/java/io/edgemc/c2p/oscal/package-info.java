/** OSCAL component definitions: which control is checked by which policy. Pure. */
@NullMarked
package io.edgemc.c2p.oscal;

import org.jspecify.annotations.NullMarked;
