package io.edgemc.summarizer.rest;

import io.edgemc.summarizer.rows.RowFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a feed as server-sent events, in the thread of the request, which is a virtual one. It holds no queue: a reader that is
 * slow makes the write wait, and gets the latest of each row then; one that does not read at all is closed when the write times
 * out.
 */
final class EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** A sign of life for what lies between: proxies close connections on which nothing happens. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final byte[] ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServletResponse response;

    EventStream(HttpServletResponse response) {
        this.response = response;
    }

    /** Returns when the reader is gone, or when {@code goOn} says so. */
    void run(RowFeed feed, BooleanSupplier goOn) throws InterruptedException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            OutputStream out = response.getOutputStream();
            while (goOn.getAsBoolean()) {
                List<RowFeed.Event> events = feed.next(HEARTBEAT);
                if (events.isEmpty()) {
                    out.write(ALIVE);
                }
                for (RowFeed.Event event : events) {
                    write(out, event);
                }
                response.flushBuffer();
            }
        } catch (IOException e) {
            log.debug("A reader of events went away: {}", e.toString());
        }
    }

    private static void write(OutputStream out, RowFeed.Event event) throws IOException {
        String head = "id: " + event.id() + "\nevent: " + event.type() + "\ndata: ";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        // JSON on one line: what the topic has is written without line breaks.
        out.write(event.data());
        out.write('\n');
        out.write('\n');
    }
}
