package io.edgemc.c2p.rest;

import io.edgemc.c2p.rest.Rows.ClusterRow;
import io.edgemc.c2p.rest.Rows.ControlRow;
import io.edgemc.c2p.rest.Rows.Page;
import io.edgemc.c2p.rest.Rows.PolicyRow;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is compliant with what. */
@RestController
@RequestMapping("/c2p/v1/summary")
final class SummaryController {
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_CURSOR = 1_000;

    private final Summaries summaries;

    SummaryController(Summaries summaries) {
        this.summaries = summaries;
    }

    @GetMapping("/by-policy")
    Page<PolicyRow> byPolicy(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "500") int limit) {
        return summaries.byPolicy(cursor(after), bounded(limit));
    }

    @GetMapping("/by-cluster")
    Page<ClusterRow> byCluster(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "500") int limit) {
        return summaries.byCluster(cursor(after), bounded(limit));
    }

    @GetMapping("/by-control")
    Page<ControlRow> byControl(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "500") int limit) {
        return summaries.byControl(cursor(after), bounded(limit));
    }

    private static int bounded(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.badRequest("bad-limit", "limit is from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private static String cursor(String after) {
        if (after.length() > MAX_CURSOR || after.indexOf('\0') >= 0) {
            throw Problem.badRequest("bad-cursor", "after is what the page before gave as next");
        }
        return after;
    }
}
