/** Sessions of agents, fenced by epochs, and whether they are still heard. */
@NullMarked
package io.edgemc.mailbox.session;

import org.jspecify.annotations.NullMarked;
