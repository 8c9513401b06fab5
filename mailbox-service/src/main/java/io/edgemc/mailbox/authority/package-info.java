/** The agents' certificate authority: who an agent is, by its certificate. */
@NullMarked
package io.edgemc.mailbox.authority;

import org.jspecify.annotations.NullMarked;
