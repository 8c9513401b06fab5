package io.edgemc.summarizer.rows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Up to where a reader has seen the public topic, and when that was. As text it is the id of a server-sent event; it means the
 * same at every instance, for it names offsets of the topic: {@code <milliseconds>_<partition>-<next offset>.…}. Immutable.
 */
record Position(Instant at, Map<Integer, Long> next) {
    static final Position START = new Position(Instant.EPOCH, Map.of());
    private static final int MAX_TEXT = 4_000;
    private static final Pattern TEXT =
            Pattern.compile("[0-9]{1,15}_([0-9]{1,5}-[0-9]{1,18}(\\.[0-9]{1,5}-[0-9]{1,18})*)?");

    Position {
        next = Map.copyOf(next);
    }

    /** The position after a row, for a reader that is told rows in the order of their partition. */
    Position after(Row row) {
        Map<Integer, Long> more = new TreeMap<>(next);
        more.put(row.partition(), row.offset() + 1);
        return new Position(row.storedAt().isAfter(at) ? row.storedAt() : at, more);
    }

    boolean hasSeen(Row row) {
        return row.offset() < next.getOrDefault(row.partition(), 0L);
    }

    boolean isStart() {
        return next.isEmpty();
    }

    String text() {
        return at.toEpochMilli() + "_"
                + new TreeMap<>(next)
                        .entrySet().stream()
                                .map(seen -> seen.getKey() + "-" + seen.getValue())
                                .collect(Collectors.joining("."));
    }

    /** Empty if the text is not one of ours. */
    static Optional<Position> parse(String text) {
        if (text.length() > MAX_TEXT || !TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        int bar = text.indexOf('_');
        Map<Integer, Long> next = new TreeMap<>();
        for (String seen : text.substring(bar + 1).split("\\.")) {
            int dash = seen.indexOf('-');
            if (dash > 0) {
                next.put(Integer.parseInt(seen.substring(0, dash)), Long.parseLong(seen.substring(dash + 1)));
            }
        }
        try {
            return Optional.of(new Position(Instant.ofEpochMilli(Long.parseLong(text.substring(0, bar))), next));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
