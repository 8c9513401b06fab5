@NullMarked
package io.edgemc.mailbox.enrol;

import org.jspecify.annotations.NullMarked;
