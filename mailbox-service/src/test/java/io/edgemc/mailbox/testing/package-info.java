@NullMarked
package io.edgemc.mailbox.testing;

import org.jspecify.annotations.NullMarked;
