package io.edgemc.bus.topic;

import io.edgemc.api.event.Topics;
import java.time.Duration;
import java.util.List;

/** The topics of the hub, as specifications. */
public final class HubTopics {
    private static final Duration EVENTS = Duration.ofDays(30);
    private static final Duration DEAD_LETTERS = Duration.ofDays(30);

    private HubTopics() {}

    /** All topics of the hub with so many partitions and replicas each. */
    public static List<TopicSpec> specs(int partitions, int replicas) {
        return Topics.all().stream()
                .map(topic -> spec(topic, partitions, replicas))
                .toList();
    }

    private static TopicSpec spec(Topics topic, int partitions, int replicas) {
        return switch (topic) {
            case INVENTORY, CONTENT, TARGETS, REPORTS, SUMMARIES, COMPLIANCE ->
                TopicSpec.compacted(topic.topic(), partitions, replicas);
            case EVENTS -> TopicSpec.retained(topic.topic(), partitions, replicas, EVENTS);
            case DEAD_LETTERS -> TopicSpec.retained(topic.topic(), 1, replicas, DEAD_LETTERS);
        };
    }
}
