/** What edges report: durable on the bus first, then materialized here. */
@NullMarked
package io.edgemc.mailbox.report;

import org.jspecify.annotations.NullMarked;
