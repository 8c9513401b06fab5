/** From a join token to a credential, its renewal and its revocation. */
@NullMarked
package io.edgemc.mailbox.enrol;

import org.jspecify.annotations.NullMarked;
