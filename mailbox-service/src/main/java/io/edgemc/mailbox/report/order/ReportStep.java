package io.edgemc.mailbox.report.order;

import io.edgemc.api.report.ObjectReport;

/** What a record of the reports topic means for the tables, in the order of the log. */
public sealed interface ReportStep {
    String clusterUid();

    /**
     * A session was opened: what older sessions still bring after this point in the log comes from a zombie. What they brought
     * before it was acknowledged and counts.
     */
    record Fence(String clusterUid, long epoch) implements ReportStep {}

    /** An edge saw an object, or saw it gone. */
    record Seen(ObjectReport report) implements ReportStep {
        @Override
        public String clusterUid() {
            return report.clusterUid();
        }
    }
}
