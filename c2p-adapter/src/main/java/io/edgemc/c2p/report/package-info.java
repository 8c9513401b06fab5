/** Reports from the bus to rows, and from rows to what is served. */
@NullMarked
package io.edgemc.c2p.report;

import org.jspecify.annotations.NullMarked;
