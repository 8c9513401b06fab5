@NullMarked
package io.edgemc.summarizer.cluster;

import org.jspecify.annotations.NullMarked;
