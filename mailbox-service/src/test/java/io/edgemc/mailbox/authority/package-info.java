@NullMarked
package io.edgemc.mailbox.authority;

import org.jspecify.annotations.NullMarked;
