package io.edgemc.gateway.entry;

import io.edgemc.door.servlet.Traceparent;
import io.edgemc.gateway.audit.AnonymousRefusals;
import io.edgemc.gateway.audit.AuditLog;
import io.edgemc.gateway.audit.AuditRecord;
import io.edgemc.gateway.entry.Gate.Outcome;
import io.edgemc.gateway.identity.Principal;
import io.edgemc.gateway.request.Addressed;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Turns requests into records of the audit log: every mutation, every refusal. */
final class AuditTrail {
    private static final int LONGEST_PATH = 2_048;

    private final AuditLog audit;
    private final AnonymousRefusals anonymous;
    private final Clock clock;

    AuditTrail(AuditLog audit, AnonymousRefusals anonymous, Clock clock) {
        this.audit = audit;
        this.anonymous = anonymous;
        this.clock = clock;
    }

    /** A mutation was let in. */
    Intent received(HttpServletRequest request, Passage passage) {
        return new Intent(audit.record(allowed(request, passage, 0).received()));
    }

    /** What a mutation was answered. */
    void done(HttpServletRequest request, Passage passage, int status) {
        audit.record(allowed(request, passage, status));
    }

    private AuditRecord allowed(HttpServletRequest request, Passage passage, int status) {
        return record(
                request,
                passage.requestId(),
                passage.traceparent(),
                passage.principal(),
                passage.addressed(),
                "allowed",
                null,
                status);
    }

    void refused(HttpServletRequest request, Outcome.Out out, String requestId, String traceparent) {
        AuditRecord refusal = record(
                request,
                requestId,
                traceparent,
                out.principal(),
                out.addressed(),
                out.failure().code(),
                out.failure().message(),
                out.failure().status());
        if (out.principal() == null) {
            anonymous.record(refusal);
        } else {
            audit.record(refusal);
        }
    }

    private AuditRecord record(
            HttpServletRequest request,
            String requestId,
            String traceparent,
            @Nullable Principal principal,
            @Nullable Addressed addressed,
            String decision,
            @Nullable String reason,
            int status) {
        return new AuditRecord(
                clock.instant(),
                "answered",
                requestId,
                Traceparent.traceId(traceparent),
                principal == null ? null : principal.name(),
                request.getRemoteAddr(),
                addressed == null ? request.getMethod() : addressed.action().verb(),
                addressed == null ? null : addressed.area().described(),
                shortened(request.getRequestURI()),
                decision,
                reason,
                status);
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH);
    }
}
