package io.edgemc.summarizer.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.summarizer.contribution.Contributions;

/**
 * A reported object, which contributes rows. What it contributed is kept with it, so that exactly that is taken back. Of a
 * deleted object the stamp stays for a while: older reports must not revive it.
 *
 * @param epoch of the last report
 * @param sequence of the last report
 * @param hash of the last report's object, {@code ""} if deleted
 * @param contributions what it adds to groups
 */
record Source(long epoch, long sequence, String hash, Contributions contributions) {
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
