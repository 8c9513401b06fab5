package io.edgemc.placement.status;

import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult;
import io.edgemc.placement.resolve.PlacementResult.Conflict;
import io.edgemc.placement.resolve.PlacementResult.ObjectError;
import io.edgemc.placement.resolve.PlacementResult.Source;
import io.edgemc.placement.resolve.select.FieldError;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the status of an EdgePlacement. */
public final class PlacementStatus {
    private PlacementStatus() {}

    /** What selection, rendering and conflicts came to. */
    public static void result(ObjectNode placement, PlacementResult result, Instant now) {
        ObjectNode status = placement.withObject("/status");
        status.put("observedGeneration", result.observedGeneration());
        status.put("matchingClusters", result.matchingClusters());
        status.put("matchingObjects", result.matchingObjects());
        ArrayNode errors = status.putArray("errors");
        for (FieldError error : result.specErrors()) {
            errors.addObject().put("field", error.field()).put("reason", error.message());
        }
        for (ObjectError error : result.errors()) {
            ObjectNode entry = errors.addObject();
            if (!error.cluster().isEmpty()) {
                entry.put("cluster", error.cluster());
            }
            entry.put("object", error.object()).put("field", error.field()).put("reason", error.reason());
            entry.put("held", error.held());
        }
        status.put("errorCount", result.specErrors().size() + result.errorTotal());
        ArrayNode conflicts = status.putArray("conflicts");
        for (Conflict conflict : result.conflicts()) {
            conflict(conflicts.addObject(), conflict);
        }
        status.put("conflictCount", result.conflictTotal());
        boolean valid = result.specErrors().isEmpty();
        Conditions.set(
                status,
                "Valid",
                valid,
                valid ? "Accepted" : "Invalid",
                valid ? "" : result.specErrors().getFirst().message(),
                now);
        boolean rendered = result.errorTotal() == 0;
        Conditions.set(
                status,
                "Rendered",
                rendered,
                rendered ? "AllRendered" : "RenderFailed",
                rendered ? "" : result.errorTotal() + " objects do not go out as wanted, see errors",
                now);
    }

    /** How far the clusters are. */
    public static void deliveries(ObjectNode placement, DeliveryCounts counts, Instant now) {
        ObjectNode status = placement.withObject("/status");
        status.put("delivered", counts.delivered());
        status.put("pending", counts.pending());
        status.put("failed", counts.failed());
        status.put("stale", counts.stale());
        boolean all = counts.delivered() == counts.total();
        String reason =
                all ? "AllDelivered" : counts.failed() > 0 ? "Failed" : counts.pending() > 0 ? "Pending" : "Stale";
        String message = all ? "" : counts.delivered() + " of " + counts.total() + " clusters hold it";
        Conditions.set(status, "Delivered", all, reason, message, now);
    }

    private static void conflict(ObjectNode entry, Conflict conflict) {
        entry.put("object", conflict.object());
        entry.put("rule", conflict.rule());
        entry.put("clusters", conflict.clusters());
        Source winner = conflict.winner();
        if (winner != null) {
            source(entry.putObject("winner"), winner);
        }
        ArrayNode losers = entry.putArray("losers");
        for (Source loser : conflict.losers()) {
            source(losers.addObject(), loser);
        }
    }

    private static void source(ObjectNode entry, Source source) {
        entry.put("space", source.space());
        entry.put("revision", source.revision());
        ArrayNode placements = entry.putArray("placements");
        for (PlacementId placement : source.placements()) {
            placements.add(placement.name());
        }
    }
}
