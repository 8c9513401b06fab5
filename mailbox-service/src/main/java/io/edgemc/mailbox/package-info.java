@NullMarked
package io.edgemc.mailbox;

import org.jspecify.annotations.NullMarked;
