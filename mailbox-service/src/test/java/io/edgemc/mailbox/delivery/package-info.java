@NullMarked
package io.edgemc.mailbox.delivery;

import org.jspecify.annotations.NullMarked;
