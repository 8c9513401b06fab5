package io.edgemc.syncer.apply;

import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.state.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why an object could not be brought to its target, as the hub is told.
 *
 * @param reason stable code
 * @param retryable whether we try again by ourselves
 * @param transientTrouble the API server as a whole seems in trouble; not said of the object until it lasts
 * @param longest longest pause between attempts
 * @param told how long the API server asked to wait
 */
record Refusal(
        String reason,
        String message,
        boolean retryable,
        boolean transientTrouble,
        Duration longest,
        Optional<Duration> told) {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final int MAX_MESSAGE = 500;

    /** Final until the hub or the cluster changes something. */
    static Refusal lasting(String reason, String message) {
        return new Refusal(reason, message, false, false, LATER, Optional.empty());
    }

    /** Passes by itself. */
    static Refusal passing(String reason, String message) {
        return new Refusal(reason, message, true, false, SOON, Optional.empty());
    }

    /** What a call to the API server failed with. */
    static Refusal of(IOException cause) {
        if (!(cause instanceof KubeException e)) {
            String message = "the API server cannot be reached: " + cause.getMessage();
            return new Refusal("unreachable", clip(message), true, true, SOON, Optional.empty());
        }
        String message = clip(String.valueOf(e.getMessage()));
        if (e.status() == 403 && message.contains("is being terminated")) {
            return passing("terminating", message);
        }
        if (e.isNotServed()) {
            return passing("kind-not-served", message);
        }
        if (e.isOverload()) {
            return new Refusal("unavailable", message, true, true, SOON, e.retryAfter());
        }
        return switch (e.status()) {
            case 400, 422 -> lasting("invalid", message);
            case 413 -> lasting("too-large", message);
            case 401 -> new Refusal("unauthenticated", message, true, false, LATER, Optional.empty());
            case 403 -> new Refusal("forbidden", message, true, false, LATER, Optional.empty());
            case 404 -> passing("namespace-missing", message);
            case 409 -> passing("conflict", message);
            default -> new Refusal("refused", message, true, false, LATER, Optional.empty());
        };
    }

    Failure at(Instant now) {
        return new Failure(reason, message, retryable, now.toString());
    }

    private static String clip(String message) {
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
    }
}
