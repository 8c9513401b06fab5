@NullMarked
package io.edgemc.mailbox.report;

import org.jspecify.annotations.NullMarked;
