package io.edgemc.summarizer.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.summarizer.contribution.Contributions;

/**
 * Something of a cluster that contributes rows: a reported object, or its placements. What it contributed is kept with it, so
 * that exactly that is taken back. Of a deleted object the stamp stays for a while: older reports must not revive it.
 *
 * @param epoch of the last report
 * @param sequence of the last report
 * @param hash of the last report's object, {@code ""} if deleted
 * @param contributions what it adds to groups
 */
record Source(long epoch, long sequence, String hash, Contributions contributions) {
    private static final String PLACEMENTS = "placements";

    /** The placements of a cluster; they have no report of their own. */
    static Source placements(Contributions contributions) {
        return new Source(0, 0, PLACEMENTS, contributions);
    }

    static Source of(ObjectReport report, Contributions contributions) {
        return new Source(report.epoch(), report.sequence(), report.deleted() ? "" : report.hash(), contributions);
    }

    Source with(Contributions newContributions) {
        return new Source(epoch, sequence, hash, newContributions);
    }

    @JsonIgnore
    boolean isDeleted() {
        return hash.isEmpty();
    }
}
