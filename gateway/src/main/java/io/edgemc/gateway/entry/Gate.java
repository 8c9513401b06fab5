package io.edgemc.gateway.entry;

import io.edgemc.gateway.access.Authorizer;
import io.edgemc.gateway.access.Verdict;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.identity.BearerTokens;
import io.edgemc.gateway.identity.Principal;
import io.edgemc.gateway.request.Addressed;
import io.edgemc.gateway.request.Addresses;
import io.edgemc.gateway.request.RefusedPathException;
import io.edgemc.gateway.request.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a request comes in: who, where, what, and whether they may. Reads no body. Thread-safe. */
public final class Gate {
    private final BearerTokens tokens;
    private final Authorizer authorizer;
    private final long maxBody;

    /** @param maxBody of a request, in bytes */
    public Gate(BearerTokens tokens, Authorizer authorizer, long maxBody) {
        this.tokens = tokens;
        this.authorizer = authorizer;
        this.maxBody = maxBody;
    }

    /** What the gate says. */
    sealed interface Outcome {
        /** Come in. */
        record In(Passage passage) implements Outcome {}

        /** Ask the gateway itself. */
        record Own() implements Outcome {}

        /** Stay out. What is known of who and where goes to the audit log. */
        record Out(
                Failure failure,
                boolean kubernetes,
                @Nullable Principal principal,
                @Nullable Addressed addressed) implements Outcome {}
    }

    Outcome decide(HttpServletRequest request, String requestId, String traceparent) {
        boolean kubernetes = !request.getRequestURI().startsWith("/api/");
        RequestPath path;
        try {
            path = RequestPath.parse(request.getRequestURI());
        } catch (RefusedPathException e) {
            return new Outcome.Out(Failure.badPath(e.reason()), kubernetes, null, null);
        }
        Optional<Principal> principal = tokens.authenticate(request.getHeader("Authorization"));
        if (principal.isEmpty()) {
            return new Outcome.Out(Failure.unauthenticated(), kubernetes, null, null);
        }
        if (impersonates(request)) {
            return new Outcome.Out(
                    Failure.forbidden("impersonation is not supported", null), kubernetes, principal.get(), null);
        }
        if (OwnPaths.contains(request.getMethod(), request.getRequestURI())) {
            return authorizer.administers(principal.get())
                    ? new Outcome.Own()
                    : new Outcome.Out(
                            Failure.forbidden("only platform admins see how the gateway is", null),
                            false,
                            principal.get(),
                            null);
        }
        boolean stream = asksForStream(request);
        Optional<Addressed> addressed = Addresses.find(request.getMethod(), path, stream);
        if (addressed.isEmpty()) {
            Failure failure = isKnown(request.getMethod()) ? Failure.noSuchPath() : Failure.methodNotAllowed();
            return new Outcome.Out(failure, kubernetes, principal.get(), null);
        }
        if (request.getContentLengthLong() > maxBody) {
            return new Outcome.Out(
                    Failure.tooLarge(maxBody), addressed.get().kubernetes(), principal.get(), addressed.get());
        }
        return authorize(principal.get(), addressed.get(), requestId, traceparent, stream);
    }

    private Outcome authorize(
            Principal principal, Addressed addressed, String requestId, String traceparent, boolean stream) {
        return switch (authorizer.decide(principal, addressed)) {
            case Verdict.Allowed allowed ->
                new Outcome.In(new Passage(principal, addressed, allowed.roles(), requestId, traceparent, stream));
            case Verdict.NoSuchSpace missing -> out(Failure.noSuchSpace(missing.space()), principal, addressed);
            case Verdict.Forbidden forbidden ->
                out(ForbiddenWords.failure(principal, addressed.area(), addressed.action()), principal, addressed);
            case Verdict.NotReady notReady ->
                out(
                        Failure.unavailable("not-ready", "the gateway does not know the access grants yet, try again"),
                        principal,
                        addressed);
        };
    }

    private static Outcome out(Failure failure, Principal principal, Addressed addressed) {
        return new Outcome.Out(failure, addressed.kubernetes(), principal, addressed);
    }

    /** An ignored impersonation would do as the caller what was asked for another. */
    private static boolean impersonates(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("impersonate-"));
    }

    private static boolean asksForStream(HttpServletRequest request) {
        String query = request.getQueryString();
        if (!request.getMethod().equals("GET")) {
            return false;
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.startsWith("text/event-stream") || query != null && watches(query);
    }

    private static boolean watches(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.equals("watch") || parameter.startsWith("watch=")) {
                String value = parameter.substring("watch".length());
                return !value.equals("=false") && !value.equals("=0");
            }
        }
        return false;
    }

    private static boolean isKnown(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" -> true;
            default -> false;
        };
    }
}
