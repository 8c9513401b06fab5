/** The views over HTTP, and what admission asks of this product's own kinds. */
@NullMarked
package io.edgemc.placement.rest;

import org.jspecify.annotations.NullMarked;
