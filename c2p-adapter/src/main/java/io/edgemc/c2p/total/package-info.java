/** Totals in PostgreSQL, moved by differences. */
@NullMarked
package io.edgemc.c2p.total;

import org.jspecify.annotations.NullMarked;
