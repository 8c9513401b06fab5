/** One writer at a time: what a batch changes, committed with its positions. */
@NullMarked
package io.edgemc.c2p.ledger;

import org.jspecify.annotations.NullMarked;
