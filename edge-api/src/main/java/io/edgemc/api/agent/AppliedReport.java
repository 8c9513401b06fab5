package io.edgemc.api.agent;

import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.TargetState;
import java.util.List;

/**
 * How far the edge is: the digest watermark and what is not as it asks.
 *
 * @param revision revision of the target that was worked off
 * @param exceptions complete list, replaces the one before
 */
public record AppliedReport(
        long epoch, long revision, TargetState state, List<ObjectException> exceptions, String traceparent) {
    public AppliedReport {
        exceptions = List.copyOf(exceptions);
    }
}
