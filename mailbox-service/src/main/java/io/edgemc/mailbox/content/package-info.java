/** The contents that mailboxes point to, as they rest here. */
@NullMarked
package io.edgemc.mailbox.content;

import org.jspecify.annotations.NullMarked;
