package io.edgemc.summarizer.cluster;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import io.edgemc.summarizer.wire.JsonSerde;
import io.edgemc.summarizer.wire.SummarizerTopics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds stage one. Reports, inventory and targets of a cluster lie in partitions of the same number, so one task has all of a
 * cluster. Combinations and decisions, which clusters share, go to every task by a topic of their own: so they take part in the
 * transaction, and their coming wakes the clusters that wait for them, which a global table would not do.
 */
public final class ClusterStage {
    private ClusterStage() {}

    /**
     * Adds stage one to a topology.
     *
     * @param partitions of the topics by cluster
     * @param keepMarks how long it is remembered that something was deleted
     * @return differences of groups
     */
    public static KStream<String, Delta> build(
            StreamsBuilder builder,
            SummarizerTopics topics,
            DefinitionSet definitions,
            int partitions,
            Duration keepMarks) {
        ContentCache cache = new ContentCache();
        ClusterStores.builders().forEach(builder::addStateStore);
        KStream<String, Delta> fromReports = read(
                builder.stream(
                        topics.reports(), consumed("reports", Serdes.serdeFrom(never(), new ReportDeserializer()))),
                () -> new ClusterProcessor<>(definitions, cache, ClusterStage::report),
                "take-reports");
        KStream<String, Delta> fromInventory = read(
                builder.stream(topics.inventory(), consumed("inventory", JsonSerde.of(ClusterRecord.class))),
                () -> new InventoryProcessor(definitions, cache, keepMarks),
                "take-inventory");
        KStream<String, Delta> fromTargets = read(
                builder.stream(topics.targets(), consumed("targets", JsonSerde.of(Target.class))),
                () -> new ClusterProcessor<>(definitions, cache, ClusterStage::target),
                "take-targets");
        KStream<String, Delta> fromContents = read(
                contents(builder, topics, partitions),
                () -> new ClusterProcessor<>(definitions, cache, ClusterLedger::content),
                "take-contents");
        return fromReports
                .merge(fromInventory, Named.as("deltas-2"))
                .merge(fromTargets, Named.as("deltas-3"))
                .merge(fromContents, Named.as("deltas-4"));
    }

    private static KStream<String, KnownContent> contents(
            StreamsBuilder builder, SummarizerTopics topics, int partitions) {
        return builder.stream(
                        topics.content(), consumed("content", Serdes.serdeFrom(never(), new ContentDeserializer())))
                .filter((digest, content) -> content != ContentDeserializer.OTHER, Named.as("reasons"))
                .repartition(Repartitioned.with(Serdes.String(), JsonSerde.of(KnownContent.class))
                        .withName("reasons")
                        .withNumberOfPartitions(partitions)
                        .withStreamPartitioner(new EveryPartition()));
    }

    private static <V> KStream<String, Delta> read(
            KStream<String, V> input, ProcessorSupplier<String, V, String, Delta> processor, String name) {
        return input.process(processor, Named.as(name), ClusterStores.names());
    }

    private static <V> Consumed<String, V> consumed(String name, Serde<V> serde) {
        return Consumed.with(Serdes.String(), serde).withName(name);
    }

    private static void report(ClusterLedger ledger, String key, @Nullable Reported reported, long at) {
        String uid = uidOf(key);
        switch (reported) {
            case null -> {
                if (key.equals(ReportKeys.cluster(uid))) {
                    ledger.clusterReportGone(uid, at);
                } else {
                    ledger.objectGone(key, at);
                }
            }
            case Reported.OfObject(var report) -> {
                requireKey(key.equals(ReportKeys.object(report.clusterUid(), report.key())));
                ledger.reported(report, at);
            }
            case Reported.OfCluster(var report) -> {
                requireKey(key.equals(ReportKeys.cluster(report.clusterUid())));
                ledger.reported(report, at);
            }
            case Reported.Sealed sealed -> {}
        }
    }

    private static void target(ClusterLedger ledger, String uid, @Nullable Target target, long at) {
        requireKey(target == null || target.clusterUid().equals(uid));
        ledger.targeted(uid, target, at);
    }

    private static String uidOf(String key) {
        try {
            return ReportKeys.clusterOf(key);
        } catch (IllegalArgumentException e) {
            throw new PoisonRecordException("the key of the record is not one of a report");
        }
    }

    private static void requireKey(boolean holds) {
        if (!holds) {
            throw new PoisonRecordException("the key of the record does not fit what the record says");
        }
    }

    /** These topics are others' to write. */
    private static <T> Serializer<T> never() {
        return (topic, value) -> {
            throw new UnsupportedOperationException(topic + " is only read here");
        };
    }

    /** Sends a record to all tasks. */
    private static final class EveryPartition implements StreamPartitioner<String, KnownContent> {
        @Override
        public Optional<Set<Integer>> partitions(String topic, String key, KnownContent value, int partitions) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
        }
    }
}
