package io.edgemc.summarizer.stream;

import io.edgemc.summarizer.wire.SummarizerTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the broker says about the topics that the stream reads. */
final class InputTopics {
    private final SummarizerTopics topics;
    private final Admin admin;

    InputTopics(SummarizerTopics topics, Admin admin) {
        this.topics = topics;
        this.admin = admin;
    }

    /**
     * How many partitions the topics by cluster have.
     *
     * @throws ExecutionException when a topic is not there, or the broker does not answer
     * @throws IllegalStateException when they differ: a cluster's records would then meet nowhere
     */
    int partitions() throws ExecutionException, InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(topics.all()).allTopicNames().get().values()) {
            if (topics.byCluster().contains(topic.name())) {
                partitions.put(topic.name(), topic.partitions().size());
            }
        }
        Set<Integer> different = new HashSet<>(partitions.values());
        if (different.size() != 1) {
            throw new IllegalStateException("these topics must have equally many partitions: " + partitions);
        }
        return different.iterator().next();
    }

    /** The ends of what is there to read now. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        List<String> inputs = List.of(topics.reports(), topics.inventory(), topics.targets(), topics.content());
        admin.describeTopics(inputs)
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (var end : admin.listOffsets(latest).all().get().entrySet()) {
            if (end.getValue().offset() > 0) {
                ends.put(end.getKey(), end.getValue().offset());
            }
        }
        return ends;
    }

    /** Whether a group has committed all up to these ends. */
    boolean processed(String group, Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return at != null && at.offset() >= end.getValue();
        });
    }
}
