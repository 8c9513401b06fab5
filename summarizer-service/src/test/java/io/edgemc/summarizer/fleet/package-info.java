@NullMarked
package io.edgemc.summarizer.fleet;

import org.jspecify.annotations.NullMarked;
