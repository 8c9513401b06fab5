package io.edgemc.api.agent;

import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.TargetState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the edge is: the digest watermark and what is not as it asks.
 *
 * @param revision revision of the target that was worked off
 * @param exceptions replaces the list before; complete unless {@code moreExceptions} says otherwise
 * @param moreExceptions how many there are beyond those listed, null for none
 */
public record AppliedReport(
        long epoch,
        long revision,
        TargetState state,
        List<ObjectException> exceptions,
        String traceparent,
        @Nullable Integer moreExceptions) {
    /** Exceptions that are listed at most. */
    public static final int MAX_EXCEPTIONS = 10_000;

    public AppliedReport {
        Objects.requireNonNull(state, "state");
        exceptions = List.copyOf(exceptions);
        if (moreExceptions != null && moreExceptions < 0) {
            throw new IllegalArgumentException("moreExceptions is negative");
        }
    }

    /** With a complete list. */
    public AppliedReport(
            long epoch, long revision, TargetState state, List<ObjectException> exceptions, String traceparent) {
        this(epoch, revision, state, exceptions, traceparent, null);
    }
}
