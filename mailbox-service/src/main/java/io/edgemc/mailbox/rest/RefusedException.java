package io.edgemc.mailbox.rest;

import org.springframework.http.HttpStatus;

/** A refusal that is answered as a problem with a stable code. */
final class RefusedException extends RuntimeException {
    private final HttpStatus status;
    private final String code;

    RefusedException(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}
