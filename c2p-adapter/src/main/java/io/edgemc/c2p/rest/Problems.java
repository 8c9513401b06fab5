package io.edgemc.c2p.rest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers with problem details; none of them says anything of the inside. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler(Problem.class)
    ResponseEntity<ProblemDetail> problem(Problem problem) {
        ProblemDetail detail = detail(problem.status(), problem.code(), String.valueOf(problem.getMessage()));
        if (!problem.errors().isEmpty()) {
            detail.setProperty("errors", problem.errors());
        }
        return answer(detail, HttpHeaders.EMPTY);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> away(RuntimeException e) {
        LOG.warn("The database cannot be used: {}", e.getClass().getSimpleName());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return answer(
                detail(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "the service cannot answer now; try again"),
                headers);
    }

    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
        LOG.error("A request failed", e);
        return answer(
                detail(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "the request failed; the log has its request id"),
                HttpHeaders.EMPTY);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        String code = known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(known, code, known.getReasonPhrase() + ": see the documentation of /c2p/v1"));
    }

    private static ProblemDetail detail(HttpStatus status, String code, String text) {
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, text);
        detail.setProperty("code", code);
        return detail;
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail, HttpHeaders headers) {
        return ResponseEntity.status(detail.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail);
    }
}
