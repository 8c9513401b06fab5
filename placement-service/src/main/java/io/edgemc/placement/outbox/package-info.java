/** What leaves for the bus: the state tables in the order of their positions. */
@NullMarked
package io.edgemc.placement.outbox;

import org.jspecify.annotations.NullMarked;
