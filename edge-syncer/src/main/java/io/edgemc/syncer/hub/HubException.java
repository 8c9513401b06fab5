package io.edgemc.syncer.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hub answered, and refused. What could not be reached at all is a plain {@link IOException}. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable Duration retryAfter;

    HubException(int status, String code, String message, @Nullable Duration retryAfter) {
        super("the hub answered " + status + " " + code + (message.isEmpty() ? "" : ": " + message));
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Stable code of the problem, {@code ""} if the answer had none. */
    public String code() {
        return code;
    }

    /** How long the hub asks to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Another session of this cluster is newer. */
    public boolean isFenced() {
        return status == 409 && code.equals("stale-epoch");
    }

    /** The certificate is not, or no longer, accepted. */
    public boolean isIdentityRefused() {
        return status == 401 || status == 403;
    }
}
