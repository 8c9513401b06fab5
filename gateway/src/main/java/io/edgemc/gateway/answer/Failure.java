package io.edgemc.gateway.answer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not served.
 *
 * @param code stable, for programs: {@code path-refused}
 * @param reason the Kubernetes reason: {@code BadRequest}
 * @param message for people; says what to do
 * @param subject what it is about, for Kubernetes' details; or null
 * @param retryAfter when to try again; or null
 */
public record Failure(
        int status,
        String code,
        String reason,
        String message,
        @Nullable Subject subject,
        @Nullable Duration retryAfter) {

    /** The object in question. */
    public record Subject(
            String group, String kind, @Nullable String name) {}

    public static Failure badPath(String why) {
        return new Failure(400, "path-refused", "BadRequest", "the path is refused: " + why, null, null);
    }

    public static Failure unauthenticated() {
        return new Failure(
                401, "unauthenticated", "Unauthorized", "Unauthorized: send a valid bearer token", null, null);
    }

    public static Failure forbidden(String message, @Nullable Subject subject) {
        return new Failure(403, "forbidden", "Forbidden", message, subject, null);
    }

    public static Failure noSuchPath() {
        return new Failure(
                404, "not-found", "NotFound", "the server could not find the requested resource", null, null);
    }

    /** The same for a space that is not there and for one that the user may not see. */
    public static Failure noSuchSpace(String space) {
        return new Failure(
                404,
                "not-found",
                "NotFound",
                "spaces.edge-mc.io \"" + space + "\" not found",
                new Subject("edge-mc.io", "spaces", space),
                null);
    }

    public static Failure methodNotAllowed() {
        return new Failure(
                405,
                "method-not-allowed",
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                null,
                null);
    }

    public static Failure tooLarge(long limit) {
        return new Failure(
                413,
                "body-too-large",
                "RequestEntityTooLarge",
                "the body is larger than " + limit + " bytes",
                null,
                null);
    }

    public static Failure unsupportedMedia(String supported) {
        return new Failure(
                415,
                "unsupported-media-type",
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + supported,
                null,
                null);
    }

    public static Failure malformed(String why) {
        return new Failure(400, "body-malformed", "BadRequest", why, null, null);
    }

    public static Failure tooMany(String why) {
        return new Failure(429, "too-many-requests", "TooManyRequests", why, null, Duration.ofSeconds(1));
    }

    public static Failure unavailable(String code, String why) {
        return new Failure(503, code, "ServiceUnavailable", why, null, Duration.ofSeconds(1));
    }

    public static Failure timeout(String why) {
        return new Failure(504, "upstream-timeout", "Timeout", why, null, Duration.ofSeconds(1));
    }
}
