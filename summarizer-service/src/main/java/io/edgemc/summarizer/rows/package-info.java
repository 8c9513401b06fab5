/** The query store: every row of every summary, as the public topic has it. */
@NullMarked
package io.edgemc.summarizer.rows;

import org.jspecify.annotations.NullMarked;
