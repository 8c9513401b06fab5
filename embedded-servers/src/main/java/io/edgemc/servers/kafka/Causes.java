package io.edgemc.servers.kafka;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kafka wraps what went wrong several times; the inner words are those that help. */
final class Causes {
    private Causes() {}

    static String chain(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, t -> t != null, t -> t == null ? null : t.getCause())
                .map(String::valueOf)
                .distinct()
                .collect(Collectors.joining("; caused by "));
    }
}
