/** How the parts become one application. */
@NullMarked
package io.edgemc.mailbox.wiring;

import org.jspecify.annotations.NullMarked;
