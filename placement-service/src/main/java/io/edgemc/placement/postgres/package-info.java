/** The engine's ledger in PostgreSQL. */
@NullMarked
package io.edgemc.placement.postgres;

import org.jspecify.annotations.NullMarked;
