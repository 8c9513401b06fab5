package io.edgemc.summarizer.group;

import io.edgemc.summarizer.wire.JsonSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Builds stage two. It knows no definition: what to do with a difference comes with the difference. */
public final class GroupStage {
    private static final String GROUPS = "groups";

    private GroupStage() {}

    /**
     * Adds stage two to a topology.
     *
     * @param deltas differences of groups, by any key
     * @param partitions among how many tasks the groups are shared
     * @param topic where rows go
     */
    public static void build(StreamsBuilder builder, KStream<String, Delta> deltas, int partitions, String topic) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(ValueCounts.STORE), Serdes.String(), Serdes.Long()));
        deltas.repartition(Repartitioned.with(Serdes.String(), JsonSerde.of(Delta.class))
                        .withName("deltas")
                        .withNumberOfPartitions(partitions))
                .processValues(ValueCounts::new, Named.as("count-values"), ValueCounts.STORE)
                .groupByKey(Grouped.with("changes", Serdes.String(), JsonSerde.of(GroupDelta.class)))
                .aggregate(
                        () -> null,
                        (key, change, state) -> GroupState.after(state, change),
                        Named.as("add-up"),
                        // The cache makes one row of all changes of a group within one commit.
                        Materialized.<String, GroupState, KeyValueStore<Bytes, byte[]>>as(GROUPS)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(JsonSerde.of(GroupState.class))
                                .withCachingEnabled())
                .toStream(Named.as("changed-groups"))
                .processValues(RowEvents::new, Named.as("rows"))
                .to(topic, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("summaries"));
    }
}
