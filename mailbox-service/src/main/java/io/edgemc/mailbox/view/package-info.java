/** The mailboxes as a Kubernetes API, read only. */
@NullMarked
package io.edgemc.mailbox.view;

import org.jspecify.annotations.NullMarked;
