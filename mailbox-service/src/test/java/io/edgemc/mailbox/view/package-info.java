@NullMarked
package io.edgemc.mailbox.view;

import org.jspecify.annotations.NullMarked;
