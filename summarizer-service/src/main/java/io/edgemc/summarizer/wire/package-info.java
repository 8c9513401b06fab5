/** What the stages have in common with Kafka: names of topics and the form of records. */
@NullMarked
package io.edgemc.summarizer.wire;

import org.jspecify.annotations.NullMarked;
