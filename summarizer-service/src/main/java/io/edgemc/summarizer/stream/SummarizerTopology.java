package io.edgemc.summarizer.stream;

import io.edgemc.summarizer.cluster.ClusterStage;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import io.edgemc.summarizer.group.GroupStage;
import io.edgemc.summarizer.wire.SummarizerTopics;
import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;

/** The one topology for all definitions: by cluster, then by group. */
public final class SummarizerTopology {
    private SummarizerTopology() {}

    /**
     * Builds it.
     *
     * @param partitions of the topics by cluster
     * @param keepMarks how long it is remembered that something was deleted
     */
    public static Topology build(
            SummarizerTopics topics, DefinitionSet definitions, int partitions, Duration keepMarks) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Delta> deltas = ClusterStage.build(builder, topics, definitions, partitions, keepMarks);
        GroupStage.build(builder, deltas, partitions, topics.summaries());
        return builder.build();
    }
}
