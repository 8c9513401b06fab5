package io.edgemc.bus.publish;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a text belongs to: the rule of Kafka's own producers and of Kafka Streams, so that all agree. */
public final class Partitioning {
    private Partitioning() {}

    /** Partition of the text's UTF-8 bytes among so many. */
    public static int partition(String text, int partitions) {
        return Utils.toPositive(Utils.murmur2(text.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
