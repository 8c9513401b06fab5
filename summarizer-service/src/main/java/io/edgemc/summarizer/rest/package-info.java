/** Summaries over HTTP: rows, and their changes as server-sent events. */
@NullMarked
package io.edgemc.summarizer.rest;

import org.jspecify.annotations.NullMarked;
