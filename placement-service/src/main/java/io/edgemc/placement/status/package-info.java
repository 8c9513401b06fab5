/** What the hub writes into {@code status}: pure calculation from results, targets and reports. */
@NullMarked
package io.edgemc.placement.status;

import org.jspecify.annotations.NullMarked;
