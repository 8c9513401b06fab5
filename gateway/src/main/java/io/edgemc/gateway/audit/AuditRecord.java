package io.edgemc.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mutation or a refusal. Never a body, a token or a query. A mutation that is let in has two records of one requestId: one before
 * its answer goes out and one after.
 *
 * @param stage {@code received}: let in, and what came of it is not known; {@code answered}: this was the answer
 * @param user null where nobody authenticated
 * @param verb in the words of Kubernetes, or the method
 * @param area where, or null where the path names none
 * @param object the path
 * @param decision {@code allowed} or the code of the refusal
 * @param reason of the decision
 * @param status of the answer, null before there is one
 */
public record AuditRecord(
        Instant at,
        String stage,
        String requestId,
        String traceId,
        @Nullable String user,
        @Nullable String remote,
        String verb,
        @Nullable String area,
        String object,
        String decision,
        @Nullable String reason,
        @Nullable Integer status) {
    /** A request that was let in and has no answer yet. */
    public AuditRecord received() {
        return new AuditRecord(
                at, "received", requestId, traceId, user, remote, verb, area, object, decision, reason, null);
    }

    /** The same record, which also says how many like it are not on record. */
    AuditRecord after(long leftOut) {
        String said = leftOut + " refusals of unknown callers before this one were only counted";
        return new AuditRecord(
                at,
                stage,
                requestId,
                traceId,
                user,
                remote,
                verb,
                area,
                object,
                decision,
                reason == null ? said : reason + "; " + said,
                status);
    }
}
