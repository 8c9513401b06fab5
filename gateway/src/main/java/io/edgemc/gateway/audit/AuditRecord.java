package io.edgemc.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mutation or a refusal. Never a body, a token or a query.
 *
 * @param user null where nobody authenticated
 * @param verb in the words of Kubernetes, or the method
 * @param area where, or null where the path names none
 * @param object the path
 * @param decision {@code allowed} or the code of the refusal
 * @param reason of the decision
 * @param status of the answer
 */
public record AuditRecord(
        Instant at,
        String requestId,
        String traceId,
        @Nullable String user,
        @Nullable String remote,
        String verb,
        @Nullable String area,
        String object,
        String decision,
        @Nullable String reason,
        int status) {}
