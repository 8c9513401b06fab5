@NullMarked
package io.edgemc.mailbox.content;

import org.jspecify.annotations.NullMarked;
