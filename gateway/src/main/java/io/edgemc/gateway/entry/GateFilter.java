package io.edgemc.gateway.entry;

import io.edgemc.door.servlet.Traceparent;
import io.edgemc.gateway.answer.Answers;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.audit.AuditLog;
import io.edgemc.gateway.entry.Gate.Outcome;
import io.edgemc.gateway.limit.UserLimits;
import io.edgemc.gateway.limit.UserLimits.Place;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.MDC;

/** The first thing that every request meets: decides, limits, records, and lets the rest of the gateway carry it. */
public final class GateFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Gate gate;
    private final transient PublicPaths publicPaths;
    private final transient UserLimits limits;
    private final transient AuditLog audit;
    private final transient AuditTrail trail;
    private final transient Reviews reviews;

    GateFilter(
            Gate gate, PublicPaths publicPaths, UserLimits limits, AuditLog audit, AuditTrail trail, Reviews reviews) {
        this.gate = gate;
        this.publicPaths = publicPaths;
        this.limits = limits;
        this.audit = audit;
        this.trail = trail;
        this.reviews = reviews;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (publicPaths.contains(request.getMethod(), request.getRequestURI())) {
            publicPaths.answer(request.getRequestURI(), response);
            return;
        }
        String requestId = UUID.randomUUID().toString();
        String traceparent = Traceparent.continueOrStart(request.getHeader(Traceparent.HEADER));
        response.setHeader("X-Request-Id", requestId);
        try (var id = MDC.putCloseable("requestId", requestId);
                var trace = MDC.putCloseable("traceId", Traceparent.traceId(traceparent))) {
            switch (gate.decide(request, requestId, traceparent)) {
                case Outcome.In in -> enter(in.passage(), request, response, chain);
                case Outcome.Own own -> chain.doFilter(request, response);
                case Outcome.Out out -> {
                    Answers.write(response, out.failure(), out.kubernetes());
                    trail.refused(request, out, requestId, traceparent);
                }
            }
        }
    }

    private void enter(Passage passage, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Place> place = limits.enter(passage.principal().name(), passage.stream());
        if (place.isEmpty()) {
            refuse(Failure.tooMany("too many requests by " + passage.principal().name()), passage, request, response);
            return;
        }
        try (Place taken = place.get()) {
            boolean mutates = !passage.addressed().action().reads() && !reviews.isReview(passage);
            if (mutates && !audit.isWritable()) {
                refuse(
                        Failure.unavailable("audit-unavailable", "the audit log cannot be written, try again"),
                        passage,
                        request,
                        response);
                return;
            }
            if (mutates) {
                trail.received(request, passage).attachTo(request);
            }
            try {
                carry(passage, request, response, chain);
            } finally {
                if (mutates) {
                    trail.done(request, passage, response.getStatus());
                }
            }
        }
    }

    private void carry(Passage passage, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (reviews.isReview(passage)) {
            reviews.answer(passage, request, response);
            return;
        }
        passage.attachTo(request);
        chain.doFilter(request, response);
    }

    private void refuse(Failure failure, Passage passage, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean kubernetes = passage.addressed().kubernetes();
        Answers.write(response, failure, kubernetes);
        trail.refused(
                request,
                new Outcome.Out(failure, kubernetes, passage.principal(), passage.addressed()),
                passage.requestId(),
                passage.traceparent());
    }
}
