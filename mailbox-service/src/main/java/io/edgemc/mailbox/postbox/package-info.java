/** Mailboxes: one row per cluster, what it should hold and how far it is. */
@NullMarked
package io.edgemc.mailbox.postbox;

import org.jspecify.annotations.NullMarked;
