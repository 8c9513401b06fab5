package io.edgemc.mailbox.listener;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal as agents see it: RFC 9457 problem details with a stable code.
 *
 * @param code stable, for programs
 * @param detail for people; never a secret
 * @param retryAfter when to try again, null if trying again does not help
 */
public record Problem(
        int status, String code, String detail, @Nullable Duration retryAfter) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    public Problem(int status, String code, String detail) {
        this(status, code, detail, null);
    }

    static Problem notFound() {
        return new Problem(404, "not-found", "There is nothing at this path.");
    }

    static Problem wrongMethod(String wanted) {
        return new Problem(405, "method-not-allowed", "This path takes " + wanted + ".");
    }

    static Problem encodingRefused() {
        return new Problem(415, "encoding-refused", "Send the body without content encoding.");
    }

    static Problem tooLarge(int limit) {
        return new Problem(413, "too-large", "The body may have at most " + limit + " bytes.");
    }

    static Problem tooSlow() {
        return new Problem(408, "too-slow", "The body did not arrive in time.", SOON);
    }

    static Problem noCertificate() {
        return new Problem(401, "certificate-required", "Present the certificate of an enrolled cluster.");
    }

    /** The certificate was revoked, or its cluster is gone. */
    public static Problem credentialRefused() {
        return new Problem(403, "credential-refused", "This certificate does not open a mailbox; enrol again.");
    }

    /** The caller has as many calls at work as it may. */
    public static Problem tooManyCalls() {
        return new Problem(429, "too-many-calls", "Too many calls of this cluster are at work.", SOON);
    }

    public static Problem busy() {
        return new Problem(503, "busy", "The hub takes no more data at the moment.", LATER);
    }

    static Problem internal() {
        return new Problem(500, "internal", "The hub failed; its log says why.", LATER);
    }

    static Problem stopping() {
        return new Problem(503, "stopping", "The hub is stopping; connect again.", SOON);
    }

    /** Something that the call needs is away for now. */
    public static Problem unavailable(String what) {
        return new Problem(503, "unavailable", what + " is away; nothing of this call was kept.", LATER);
    }

    /** The body or a parameter is not as the protocol says. */
    public static Problem malformed(String detail) {
        return new Problem(400, "malformed", detail);
    }

    /** The session was replaced by a newer one of the same cluster. */
    public static Problem staleEpoch() {
        return new Problem(409, "stale-epoch", "A newer session of this cluster is open; open a session to go on.");
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:edge-mc:problem:" + code);
        json.put("title", code.replace('-', ' '));
        json.put("status", status);
        json.put("code", code);
        json.put("detail", detail);
        return json;
    }
}
