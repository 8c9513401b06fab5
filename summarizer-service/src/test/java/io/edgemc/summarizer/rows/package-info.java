@NullMarked
package io.edgemc.summarizer.rows;

import org.jspecify.annotations.NullMarked;
