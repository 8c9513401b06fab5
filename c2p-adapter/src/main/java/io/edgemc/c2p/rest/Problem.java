package io.edgemc.c2p.rest;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that gets a problem detail (RFC 9457) for an answer. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient List<Map<String, String>> errors;

    /**
     * @param code stable, for programs
     * @param detail what is wrong and what to do, for people
     * @param errors places in the request, each with {@code pointer} and {@code detail}
     */
    Problem(HttpStatus status, String code, String detail, List<Map<String, String>> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
    }

    static Problem badRequest(String code, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, code, detail, List.of());
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    List<Map<String, String>> errors() {
        return errors;
    }
}
