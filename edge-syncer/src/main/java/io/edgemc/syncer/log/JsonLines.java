package io.edgemc.syncer.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as JSON lines, in the field names that the other services use. Thread-safe. */
final class JsonLines {
    private static final int MAX_FRAMES = 12;

    private static volatile String cluster = "";

    private final PrintStream out;
    private final Clock clock;
    private final Level threshold;

    JsonLines(OutputStream out, Clock clock, Level threshold) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.clock = clock;
        this.threshold = threshold;
    }

    /** Standard output; {@code EDGE_MC_LOG_LEVEL} lowers or raises the threshold. */
    static JsonLines standard() {
        String level = System.getenv().getOrDefault("EDGE_MC_LOG_LEVEL", "INFO").toUpperCase(Locale.ROOT);
        boolean known = level.matches("TRACE|DEBUG|INFO|WARN|ERROR");
        return new JsonLines(
                new FileOutputStream(FileDescriptor.out), Clock.systemUTC(), known ? Level.valueOf(level) : Level.INFO);
    }

    /** A syncer process is of one cluster, so every line from now on names it. */
    static void of(String clusterName) {
        cluster = clusterName;
    }

    boolean writes(Level level) {
        return level.toInt() >= threshold.toInt();
    }

    void write(String logger, LoggingEvent event) {
        ObjectNode line = start(logger, event.getLevel(), event.getMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                put(line, pair.key, pair.value);
            }
        }
        finish(line, event.getThrowable());
    }

    void write(String logger, Level level, String message, @Nullable Throwable cause) {
        finish(start(logger, level, message), cause);
    }

    private ObjectNode start(String logger, Level level, @Nullable String message) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("@timestamp", clock.instant().toString());
        line.put("level", level.name());
        line.put("service", "edge-syncer");
        if (!cluster.isEmpty()) {
            line.put(LogKeys.CLUSTER, cluster);
        }
        line.put("logger_name", logger);
        line.put("message", message);
        return line;
    }

    private void finish(ObjectNode line, @Nullable Throwable cause) {
        if (cause != null) {
            line.put("stack_trace", trace(cause));
        }
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static void put(ObjectNode line, String key, @Nullable Object value) {
        switch (value) {
            case Long number -> line.put(key, number);
            case Integer number -> line.put(key, number);
            case null -> line.putNull(key);
            default -> line.put(key, value.toString());
        }
    }

    private static String trace(Throwable cause) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = cause; t != null; t = t.getCause()) {
            text.append(text.isEmpty() ? "" : "\nCaused by: ").append(t);
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
