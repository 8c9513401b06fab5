@NullMarked
package io.edgemc.mailbox.session;

import org.jspecify.annotations.NullMarked;
