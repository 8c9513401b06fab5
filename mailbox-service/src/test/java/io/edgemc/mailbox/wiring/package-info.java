@NullMarked
package io.edgemc.mailbox.wiring;

import org.jspecify.annotations.NullMarked;
