package io.edgemc.kube.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer.
 *
 * @param status HTTP status
 * @param contentType media type
 * @param headers further headers
 * @param content what follows
 */
public record KubeAnswer(int status, String contentType, List<Header> headers, Content content) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** One header. */
    public record Header(String name, String value) {
        /** A warning for people. What no header can hold, such as a line's end in a field's name, is told by its number. */
        public static Header warning(String text) {
            StringBuilder safe = new StringBuilder("299 - \"");
            for (char c : text.toCharArray()) {
                if (c == '"') {
                    safe.append("\\\"");
                } else if (c < ' ' || c > '~') {
                    safe.append(String.format("\\u%04x", (int) c));
                } else {
                    safe.append(c);
                }
            }
            return new Header("Warning", safe.append('"').toString());
        }
    }

    /** What follows the head of an answer. */
    public sealed interface Content {}

    /** Complete content. */
    public record Bytes(byte[] bytes) implements Content {}

    /** Content that is written piece by piece, such as a long list. */
    public record Written(Writer writer) implements Content {}

    /** Content without an end of its own; every event is flushed. The writer blocks. */
    public record Events(EventWriter writer) implements Content {}

    /** Writes content; an IOException means that the client went away. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes what has no end of its own; an IOException means that the client went away. */
    @FunctionalInterface
    public interface EventWriter {
        /** @param gone whether the client has left, of which nobody learns who writes nothing; to be asked in this thread */
        void writeTo(OutputStream out, BooleanSupplier gone) throws IOException;
    }

    public static KubeAnswer json(int status, JsonNode body) {
        return bytes(status, JSON.writeValueAsBytes(body));
    }

    /** A line of text, for what is no object: health, and paths below which nothing is. */
    public static KubeAnswer text(int status, String line) {
        return new KubeAnswer(
                status, "text/plain; charset=utf-8", List.of(), new Bytes(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** Complete JSON that is at hand as bytes. */
    public static KubeAnswer bytes(int status, byte[] json) {
        return new KubeAnswer(status, "application/json", List.of(), new Bytes(json));
    }

    /** The refusal as a {@code Status}. */
    public static KubeAnswer of(ApiError error) {
        byte[] body = error.status().toString().getBytes(StandardCharsets.UTF_8);
        List<Header> headers = new ArrayList<>(error.headers());
        if (error.retryAfterSeconds() != 0) {
            headers.add(new Header("Retry-After", Integer.toString(error.retryAfterSeconds())));
        }
        return new KubeAnswer(error.code(), "application/json", headers, new Bytes(body));
    }

    /** The same answer with these headers before its own. */
    public KubeAnswer after(List<Header> first) {
        return first.isEmpty()
                ? this
                : new KubeAnswer(
                        status,
                        contentType,
                        java.util.stream.Stream.concat(first.stream(), headers.stream())
                                .toList(),
                        content);
    }

    /** The same answer with more headers. */
    public KubeAnswer with(List<Header> more) {
        if (more.isEmpty()) {
            return this;
        }
        return new KubeAnswer(
                status,
                contentType,
                java.util.stream.Stream.concat(headers.stream(), more.stream()).toList(),
                content);
    }
}
