package io.edgemc.gateway.entry;

import io.edgemc.gateway.audit.Receipt;
import jakarta.servlet.ServletRequest;
import java.time.Duration;

/**
 * That a mutation was let in, on its way to the audit log's disk while the service works on it. No answer goes out before it is
 * there, so that nobody has an answer of which a gateway that dies has no record.
 */
public record Intent(Receipt receipt) {
    private static final String ATTRIBUTE = Intent.class.getName();
    /** A disk may stall that long, with a database beside it that writes back all it has. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Waits until the request's record is on the disk; true at once if it needs none, false if the disk does not take it. */
    public static boolean isRecorded(ServletRequest request) {
        return !(request.getAttribute(ATTRIBUTE) instanceof Intent intent)
                || intent.receipt().await(LIMIT);
    }
}
