/** Puts the service together. */
@NullMarked
package io.edgemc.placement.wiring;

import org.jspecify.annotations.NullMarked;
