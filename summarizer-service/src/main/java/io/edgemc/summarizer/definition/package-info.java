/** What a summary is: definitions as data, and those that are always there. */
@NullMarked
package io.edgemc.summarizer.definition;

import org.jspecify.annotations.NullMarked;
