/** Plain JSON for operators: join tokens, revocation. */
@NullMarked
package io.edgemc.mailbox.rest;

import org.jspecify.annotations.NullMarked;
