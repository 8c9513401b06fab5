@NullMarked
package io.edgemc.summarizer.stream;

import org.jspecify.annotations.NullMarked;
