package io.edgemc.summarizer.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that gets a problem detail (RFC 9457) for an answer. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final @Nullable Duration retryAfter;

    /**
     * A problem.
     *
     * @param code stable, for programs
     * @param detail what is wrong and what to do, for people
     * @param retryAfter when asking again makes sense, null if it does not
     */
    ProblemException(HttpStatus status, String code, String detail, @Nullable Duration retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static ProblemException badRequest(String code, String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, code, detail, null);
    }

    static ProblemException noSuchSummary(String name) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "summary-not-found",
                "there is no summary '" + name + "'; GET /api/v1/summaries lists them",
                null);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
