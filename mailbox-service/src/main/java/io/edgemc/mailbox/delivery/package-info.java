/** From target to edge: differences, snapshots, parked polls, acknowledgements. */
@NullMarked
package io.edgemc.mailbox.delivery;

import org.jspecify.annotations.NullMarked;
