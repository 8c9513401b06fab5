/** Which reports of a log count: fences and sequences as pure decisions, without tables or topics. */
@NullMarked
package io.edgemc.mailbox.report.order;

import org.jspecify.annotations.NullMarked;
