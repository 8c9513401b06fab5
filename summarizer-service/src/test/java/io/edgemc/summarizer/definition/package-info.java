@NullMarked
package io.edgemc.summarizer.definition;

import org.jspecify.annotations.NullMarked;
