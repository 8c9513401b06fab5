@NullMarked
package io.edgemc.mailbox.listener;

import org.jspecify.annotations.NullMarked;
