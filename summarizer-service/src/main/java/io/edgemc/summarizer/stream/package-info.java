/** The Kafka Streams application around the two stages. */
@NullMarked
package io.edgemc.summarizer.stream;

import org.jspecify.annotations.NullMarked;
