package io.edgemc.bus.topic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it should be.
 *
 * @param retention how long records are kept; null: compacted, the last record of each key is kept for ever
 */
public record TopicSpec(
        String name, int partitions, int replicas, @Nullable Duration retention) {
    /** How long a tombstone stays, for readers that were away. */
    private static final Duration TOMBSTONES = Duration.ofDays(7);

    public TopicSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a topic has a name");
        }
        if (partitions < 1 || replicas < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions and replicas are at least 1");
        }
    }

    public static TopicSpec compacted(String name, int partitions, int replicas) {
        return new TopicSpec(name, partitions, replicas, null);
    }

    public static TopicSpec retained(String name, int partitions, int replicas, Duration retention) {
        return new TopicSpec(name, partitions, replicas, retention);
    }

    /** The configuration that differs from the broker's. With three replicas, two must have a record. */
    Map<String, String> configuration(int maxRecordBytes) {
        Map<String, String> configuration = new TreeMap<>();
        Duration keep = retention;
        if (keep == null) {
            configuration.put("cleanup.policy", "compact");
            configuration.put("delete.retention.ms", Long.toString(TOMBSTONES.toMillis()));
            configuration.put("min.cleanable.dirty.ratio", "0.3");
        } else {
            configuration.put("cleanup.policy", "delete");
            configuration.put("retention.ms", Long.toString(keep.toMillis()));
        }
        configuration.put("max.message.bytes", Integer.toString(maxRecordBytes));
        configuration.put("min.insync.replicas", Integer.toString(Math.max(1, replicas - 1)));
        return configuration;
    }
}
