package io.edgemc.c2p.report;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.consume.ReceivedEvent;

/** What a record of the reports topic means here. */
sealed interface ReportEvent {
    String clusterUid();

    /** A report of an object that this service keeps. */
    record Seen(ObjectReport report, ReceivedEvent event) implements ReportEvent {
        @Override
        public String clusterUid() {
            return report.clusterUid();
        }
    }

    /** A report of any other object: only that it came counts. */
    record Heard(String clusterUid, java.time.Instant at) implements ReportEvent {}

    /** News of the cluster as a whole. */
    record Contact(ClusterReport report) implements ReportEvent {
        @Override
        public String clusterUid() {
            return report.clusterUid();
        }
    }

    /** The cluster itself is gone for good. */
    record Parted(String clusterUid) implements ReportEvent {}

    /** An object is gone for good, with its cluster. */
    record Forgotten(String clusterUid, ObjectKey key) implements ReportEvent {}
}
