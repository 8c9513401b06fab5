package io.edgemc.summarizer.cluster;

import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;

/** A record of the reports' topic. */
public sealed interface Reported {
    record OfObject(ObjectReport report) implements Reported {}

    record OfCluster(ClusterReport report) implements Reported {}

    /** A report of a secret object, sealed. Summaries never look into secrets, so nobody opens it here. */
    record Sealed() implements Reported {}
}
