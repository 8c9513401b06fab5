package io.edgemc.placement.resolve;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who did what when. It ends up in the recorded decision of every deletion that follows from it.
 *
 * @param who name of the user or of the system identity
 * @param what what was done, such as {@code delete edgeplacements.edge-mc.io/common/everywhere}; never holds content
 * @param requestId id of the request
 * @param traceparent W3C trace context, null if the request had none
 */
public record Cause(
        String who,
        String what,
        Instant at,
        String requestId,
        @Nullable String traceparent) {
    public Cause {
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(requestId, "requestId");
    }
}
