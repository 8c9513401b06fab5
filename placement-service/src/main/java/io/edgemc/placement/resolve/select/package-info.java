/** Where and what: label selectors, object tests, the spec of a placement, parsed strictly and with errors that name the field. */
@NullMarked
package io.edgemc.placement.resolve.select;

import org.jspecify.annotations.NullMarked;
