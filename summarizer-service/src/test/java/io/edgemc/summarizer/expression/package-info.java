@NullMarked
package io.edgemc.summarizer.expression;

import org.jspecify.annotations.NullMarked;
