/** Stage two, by group: adds the differences up to rows. */
@NullMarked
package io.edgemc.summarizer.group;

import org.jspecify.annotations.NullMarked;
