package io.edgemc.door.servlet;

import io.edgemc.door.Identity;
import io.edgemc.door.IdentityRefusedException;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.IdentityVerifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Refuses every request that does not come through the gateway, and says who asks in the others: see {@link Caller}.
 * Health and metrics are open, they hold nothing of the domain.
 */
public final class DoorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(DoorFilter.class);
    private static final Set<String> OPEN = Set.of("/actuator/health", "/actuator/prometheus", "/livez", "/readyz");

    private final transient IdentityVerifier verifier;

    public DoorFilter(IdentityVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOpen(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        Identity identity;
        try {
            identity = verifier.verify(request.getHeader(IdentitySigner.HEADER));
        } catch (IdentityRefusedException e) {
            log.warn("Refused a request: code={} remote={}", e.reason().code(), request.getRemoteAddr());
            Refusal.unauthenticated(response, request.getRequestURI(), e.reason());
            return;
        }
        pass(identity, request, response, chain);
    }

    private static void pass(
            Identity identity, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String traceparent = Traceparent.continueOrStart(request.getHeader(Traceparent.HEADER));
        new Caller(identity, traceparent).attachTo(request);
        try (var requestId = MDC.putCloseable("requestId", identity.requestId());
                var traceId = MDC.putCloseable("traceId", Traceparent.traceId(traceparent))) {
            chain.doFilter(request, response);
        }
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path)
                || path.equals("/actuator/health/liveness")
                || path.equals("/actuator/health/readiness");
    }
}
