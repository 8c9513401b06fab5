package io.edgemc.mailbox.report.order;

import io.edgemc.api.report.ObjectReport;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the log comes to: the last report of each object that counts, and the fences that were raised. Older reports
 * never overwrite newer ones, fenced sessions bring nothing, and what is unchanged writes nothing ({@code architecture.md} §3).
 *
 * @param latest the report of each object to compare with what is known of it, in the order in which objects first came
 * @param raised new fences, by cluster
 */
public record ReportOrder(Map<Subject, ObjectReport> latest, Map<String, Long> raised) {
    public ReportOrder {
        latest = Collections.unmodifiableMap(latest);
        raised = Map.copyOf(raised);
    }

    /** An object of a cluster, by its key's text. */
    public record Subject(String clusterUid, String object) {}

    /**
     * What is known of an object.
     *
     * @param hash as it rests
     */
    public record Known(long epoch, long sequence, String hash, boolean deleted) {}

    /**
     * Goes through steps in their order.
     *
     * @param fences the epoch of each cluster that has a mailbox, below which reports come from a zombie; steps of others are passed
     *     over
     */
    public static ReportOrder of(List<ReportStep> steps, Map<String, Long> fences) {
        Map<String, Long> now = new HashMap<>(fences);
        Map<String, Long> raised = new HashMap<>();
        Map<Subject, ObjectReport> latest = new LinkedHashMap<>();
        for (ReportStep step : steps) {
            Long fence = now.get(step.clusterUid());
            if (fence == null) {
                continue;
            }
            switch (step) {
                case ReportStep.Fence opened -> {
                    if (opened.epoch() > fence) {
                        now.put(opened.clusterUid(), opened.epoch());
                        raised.put(opened.clusterUid(), opened.epoch());
                    }
                }
                case ReportStep.Seen seen -> {
                    if (seen.report().epoch() >= fence) {
                        take(latest, seen.report());
                    }
                }
            }
        }
        return new ReportOrder(latest, raised);
    }

    /**
     * Whether a report changes what is known of its object.
     *
     * @param restingHash the report's hash in the form in which hashes rest
     * @param known null if nothing is
     */
    public static boolean changes(ObjectReport report, String restingHash, @Nullable Known known) {
        if (known == null) {
            return !report.deleted();
        }
        return report.isAfter(known.epoch(), known.sequence())
                && (report.deleted() != known.deleted() || !restingHash.equals(known.hash()));
    }

    private static void take(Map<Subject, ObjectReport> latest, ObjectReport report) {
        latest.merge(
                new Subject(report.clusterUid(), report.key().text()),
                report,
                (older, newer) -> newer.isAfter(older.epoch(), older.sequence()) ? newer : older);
    }
}
