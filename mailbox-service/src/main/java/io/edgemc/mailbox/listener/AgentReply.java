package io.edgemc.mailbox.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a call, given once, from any thread, now or later; a second one is dropped. */
public interface AgentReply {
    /**
     * Sends an answer.
     *
     * @param chunks the body in pieces, which may be shared with other answers and must never be changed
     */
    default void send(int status, String contentType, Map<String, String> headers, List<byte[]> chunks) {
        send(status, contentType, headers, chunks, null);
    }

    /**
     * Sends an answer whose bytes the sender counts.
     *
     * @param chunks as above
     * @param over called once when the bytes are no longer held: written, or of no use any more. A caller that does not read
     *     them in time is cut off. Null if nobody counts.
     */
    void send(
            int status, String contentType, Map<String, String> headers, List<byte[]> chunks, @Nullable Runnable over);

    /** Calls {@code action} once if the caller goes away before it was answered; at once if it is gone already. */
    void onGone(Runnable action);

    /** Calls {@code action} after a time, without holding a thread. The action returns at once. */
    Cancellable after(Duration delay, Runnable action);

    /** Something that can be called off. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }

    default void json(byte[] body) {
        send(200, "application/json", Map.of(), List.of(body));
    }

    default void ndjson(List<byte[]> lines) {
        send(200, "application/x-ndjson", Map.of(), lines);
    }

    /** As {@link #ndjson(List)}, with {@code over} as in {@link #send}. */
    default void ndjson(List<byte[]> lines, Runnable over) {
        send(200, "application/x-ndjson", Map.of(), lines, over);
    }

    default void empty(Map<String, String> headers) {
        send(204, "", headers, List.of());
    }

    default void problem(Problem problem) {
        Duration retry = problem.retryAfter();
        send(
                problem.status(),
                "application/problem+json",
                retry == null ? Map.of() : Map.of("retry-after", Long.toString(Math.max(1, retry.toSeconds()))),
                List.of(problem.json().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
