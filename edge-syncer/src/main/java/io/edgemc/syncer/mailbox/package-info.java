@NullMarked
package io.edgemc.syncer.mailbox;

import org.jspecify.annotations.NullMarked;
