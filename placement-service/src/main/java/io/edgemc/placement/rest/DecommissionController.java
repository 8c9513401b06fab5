package io.edgemc.placement.rest;

import io.edgemc.door.servlet.Caller;
import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.desired.DecommissionRequest;
import io.edgemc.placement.desired.DecommissionRequest.Policy;
import io.edgemc.placement.desired.DecommissionState;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The end of a cluster, as one call instead of a delete and an annotation. */
@RestController
@RequestMapping("/api/v1/clusters/{name}/decommission")
class DecommissionController {
    private final SpaceEngine engine;

    DecommissionController(SpaceEngine engine) {
        this.engine = engine;
    }

    /**
     * @param policy {@code delete} or {@code orphan}: what becomes of what the hub put there
     * @param force do not wait for the cluster
     */
    record Body(@Nullable String policy, @Nullable Boolean force) {}

    @GetMapping
    DecommissionState state(@PathVariable String name) {
        return DecommissionState.of(engine.model(), name);
    }

    @PostMapping
    ResponseEntity<DecommissionState> decommission(
            @PathVariable String name, @RequestBody Body body, HttpServletRequest request) {
        Policy policy = Policy.of(body.policy() == null ? "" : body.policy());
        if (policy == null) {
            throw new StoreException.Invalid("policy", "must be delete or orphan");
        }
        Caller caller = Caller.of(request);
        DecommissionRequest task = new DecommissionRequest(
                name,
                policy,
                Boolean.TRUE.equals(body.force()),
                new Version.Origin(caller.user(), caller.requestId(), caller.traceparent()));
        engine.submit(task);
        try {
            return ResponseEntity.accepted().body(task.done().join());
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof StoreException reason) {
                throw reason;
            }
            throw failure;
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(StoreException refusal) {
        return switch (refusal) {
            case StoreException.Stale gone -> problem(HttpStatus.NOT_FOUND, "cluster-not-found", gone);
            case StoreException.Invalid invalid ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-" + invalid.field(), invalid);
            case StoreException.Unavailable away -> problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", away);
            case StoreException.AlreadyExists other -> problem(HttpStatus.CONFLICT, "conflict", other);
            case StoreException.Expired other -> problem(HttpStatus.GONE, "expired", other);
            case StoreException.Terminating other -> problem(HttpStatus.CONFLICT, "terminating", other);
            case StoreException.QuotaExceeded other -> problem(HttpStatus.FORBIDDEN, "quota-exceeded", other);
        };
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String code, StoreException refusal) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(refusal.getMessage()));
        problem.setProperty("code", code);
        var answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.body(problem);
    }
}
