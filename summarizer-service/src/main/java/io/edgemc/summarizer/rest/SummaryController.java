package io.edgemc.summarizer.rest;

import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Area;
import io.edgemc.door.servlet.Caller;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.rows.RowFeed;
import io.edgemc.summarizer.rows.RowFeeds;
import io.edgemc.summarizer.rows.RowQueries;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Summaries and their rows. */
@RestController
@RequestMapping("/api/v1/summaries")
final class SummaryController {
    private static final Duration TOO_MANY = Duration.ofSeconds(10);

    private final Catalogue catalogue;
    private final RowQueries rows;
    private final RowFeeds feeds;

    SummaryController(Catalogue catalogue, RowQueries rows, RowFeeds feeds) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.feeds = feeds;
    }

    record Summaries(List<Catalogue.Entry> items) {}

    /**
     * A page of rows.
     *
     * @param asOf RFC 3339 time of the newest change that is in
     * @param cursor for the next page, null at the end
     */
    record Rows(
            String summary,
            String asOf,
            List<JsonNode> items,
            @Nullable String cursor) {}

    @GetMapping
    Summaries list(HttpServletRequest request) {
        requireReader(request);
        return new Summaries(catalogue.entries());
    }

    @GetMapping("/{name}")
    Rows rows(
            @PathVariable String name,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        requireReader(request);
        SummaryDefinition definition = catalogue.require(name);
        RowQuery query = RowQuery.of(definition, parameters);
        RowQueries.Page page = rows.page(name, query.group(), query.afterKey(), query.limit());
        String next = page.nextKey() == null ? null : RowQuery.cursorAfter(page.nextKey());
        return new Rows(name, page.asOf().toString(), page.rows(), next);
    }

    /** Rows and their changes as server-sent events, until the reader or the service goes. */
    @GetMapping("/{name}/events")
    void events(
            @PathVariable String name,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        requireReader(request);
        catalogue.require(name);
        RowFeed feed = feeds.open(name, lastEventId)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too-many-streams",
                        "as many event streams are open as this instance allows; try again later",
                        TOO_MANY));
        try {
            new EventStream(response).run(feed, feeds::isRunning);
        } finally {
            feeds.close();
        }
    }

    /** The gateway has asked already; whoever came past it has not. */
    private static void requireReader(HttpServletRequest request) {
        if (!Caller.of(request)
                .may(new Area.Summaries(), new OnPath("get", request.getRequestURI()))
                .allowed()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "reading summaries needs the role summary-reader, auditor or platform-admin",
                    null);
        }
    }
}
