@NullMarked
package io.edgemc.mailbox.report.order;

import org.jspecify.annotations.NullMarked;
