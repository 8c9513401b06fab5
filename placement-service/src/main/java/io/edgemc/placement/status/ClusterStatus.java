package io.edgemc.placement.status;

import io.edgemc.api.report.ClusterReport;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes the status of a Cluster. */
public final class ClusterStatus {
    /** A last contact that is not much later than the one that is shown is not worth a new version. */
    private static final Duration LAST_SEEN_STEP = Duration.ofSeconds(60);

    private ClusterStatus() {}

    /** Of a cluster that was just registered. */
    public static void registered(ObjectNode cluster, String uid, Instant now) {
        ObjectNode status = cluster.withObject("/status");
        status.put("uid", uid);
        Conditions.set(status, "Registered", true, "InInventory", "", now);
        if (!status.has("lastSeen")) {
            Conditions.set(status, "Connected", false, "NeverSeen", "no syncer has connected yet", now);
        }
    }

    /** @param targetRevision revision of the cluster's target, 0 if it has none */
    public static void reported(ObjectNode cluster, ClusterReport report, long targetRevision, Instant now) {
        ObjectNode status = cluster.withObject("/status");
        status.put("uid", report.clusterUid());
        lastSeen(status, report);
        if (report.syncerVersion() != null) {
            ObjectNode syncer = status.withObject("/syncer");
            syncer.put("version", report.syncerVersion());
            if (report.kubernetesVersion() != null) {
                syncer.put("kubernetesVersion", report.kubernetesVersion());
            }
        }
        Conditions.set(status, "Registered", true, "InInventory", "", now);
        boolean connected = report.connected();
        Conditions.set(status, "Connected", connected, connected ? "SessionOpen" : "NoSession", "", now);
        boolean current = report.appliedRevision() >= targetRevision;
        boolean synced = current && report.exceptions().isEmpty();
        Conditions.set(
                status,
                "Synced",
                synced,
                synced ? "UpToDate" : current ? "Exceptions" : "Behind",
                synced || !current ? "" : report.exceptions().size() + " objects are not as wanted",
                now);
        boolean stale = report.stale();
        boolean heard = time(report.lastSeen()) != null;
        Conditions.set(
                status,
                "Stale",
                stale,
                !heard ? "NeverHeard" : stale ? "Silent" : "Heard",
                heard && stale ? "last contact " + report.lastSeen() : "",
                now);
    }

    private static void lastSeen(ObjectNode status, ClusterReport report) {
        Instant shown = time(status.path("lastSeen").asString(""));
        Instant seen = time(report.lastSeen());
        if (seen == null) {
            return;
        }
        boolean worth = shown == null
                || Duration.between(shown, seen).compareTo(LAST_SEEN_STEP) >= 0
                || !report.connected()
                || report.stale();
        if (worth) {
            status.put("lastSeen", report.lastSeen());
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }
}
