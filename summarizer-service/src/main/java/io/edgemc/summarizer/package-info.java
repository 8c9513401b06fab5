@NullMarked
package io.edgemc.summarizer;

import org.jspecify.annotations.NullMarked;
