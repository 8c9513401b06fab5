/** Expressions over one row: where values of groups, filters and aggregates come from. */
@NullMarked
package io.edgemc.summarizer.expression;

import org.jspecify.annotations.NullMarked;
