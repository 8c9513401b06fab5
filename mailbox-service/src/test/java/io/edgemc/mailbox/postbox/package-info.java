@NullMarked
package io.edgemc.mailbox.postbox;

import org.jspecify.annotations.NullMarked;
