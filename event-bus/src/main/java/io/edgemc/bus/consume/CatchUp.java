package io.edgemc.bus.consume;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Whether a consumer has processed all that lay on its partitions when it got them. Consumer threads write, any thread
 * reads.
 */
final class CatchUp {
    private final ConcurrentMap<TopicPartition, Long> awaited = new ConcurrentHashMap<>();
    private final Set<TopicPartition> withoutEnd = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private volatile boolean assigned;

    void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        withoutEnd.addAll(partitions);
        progressed(consumer);
        assigned = true;
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            withoutEnd.remove(partition);
            awaited.remove(partition);
        });
    }

    /** After a batch, and while idle: positions may also move over records that nobody sees (transactions' marks). */
    void progressed(Consumer<?, ?> consumer) {
        Set<TopicPartition> own = consumer.assignment();
        findEnds(consumer, own);
        for (TopicPartition partition : own) {
            next.put(partition, consumer.position(partition));
        }
        awaited.forEach((partition, end) -> {
            Long position = own.contains(partition) ? next.get(partition) : null;
            if (position != null && position >= end) {
                awaited.remove(partition, end);
            }
        });
    }

    private void findEnds(Consumer<?, ?> consumer, Set<TopicPartition> own) {
        Set<TopicPartition> unknown = withoutEnd.stream().filter(own::contains).collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(unknown);
            ends.forEach((partition, end) -> {
                awaited.put(partition, end);
                withoutEnd.remove(partition);
            });
        } catch (TimeoutException e) {
            // The broker does not answer; the next batch or idle moment asks again, until then we are not caught up.
            assert !withoutEnd.isEmpty();
        }
    }

    /** The next offset to read, if this consumer has read the partition before. */
    Optional<Long> next(TopicPartition partition) {
        return Optional.ofNullable(next.get(partition));
    }

    boolean caughtUp() {
        return assigned && withoutEnd.isEmpty() && awaited.isEmpty();
    }

    String describe() {
        if (!assigned) {
            return "waits for its partitions";
        }
        int behind = withoutEnd.size() + awaited.size();
        return behind == 0 ? "caught up" : "still reads what was there at its start, in " + behind + " partitions";
    }
}
