@NullMarked
package io.edgemc.summarizer.contribution;

import org.jspecify.annotations.NullMarked;
