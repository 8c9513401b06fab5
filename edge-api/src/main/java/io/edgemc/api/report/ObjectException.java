package io.edgemc.api.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object that the edge could not bring to its target, or of which it cannot report.
 *
 * @param key which object
 * @param reason stable code, such as {@code forbidden}, {@code invalid}, {@code not-adopted}, {@code unclaimed}, {@code unreportable}
 * @param message for people; never a value of a secret
 * @param retryable whether the edge tries again by itself
 * @param decision digest of the decision that asked for it, null if none did ({@code unclaimed}, {@code unreportable})
 * @param since RFC 3339 time of the first failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectException(
        ObjectKey key,
        String reason,
        String message,
        boolean retryable,
        @Nullable Digest decision,
        String since) {
    public ObjectException {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(since, "since");
    }
}
