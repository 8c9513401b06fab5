package io.edgemc.syncer.kube;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API server answered, and refused. What could not be reached at all is a plain {@link IOException}. */
public final class KubeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final boolean namesObject;
    private final @Nullable Duration retryAfter;

    /**
     * @param reason reason of the {@code Status}, {@code ""} if there is none
     * @param namesObject whether the status names an object; a 404 that does not says that the path is not served
     */
    KubeException(int status, String reason, String message, boolean namesObject, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.namesObject = namesObject;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** The kind or version is not served, as opposed to an object that is not there. */
    public boolean isNotServed() {
        return status == 404 && !namesObject;
    }

    public boolean isConflict() {
        return status == 409;
    }

    /** The API server is there but cannot serve now. */
    public boolean isOverload() {
        return status == 429 || status >= 500;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
