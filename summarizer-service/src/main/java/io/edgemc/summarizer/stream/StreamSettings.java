package io.edgemc.summarizer.stream;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the stream runs.
 *
 * @param applicationId names the group and the internal topics; the same for all instances
 * @param stateDirectory of the stores; what is lost there is restored from the bus, which takes time
 * @param threads that process
 * @param standbyReplicas how many other instances keep each store warm; 0 with one instance
 * @param commitInterval how long differences may wait for their commit, in each of the two stages
 * @param keepMarks how long it is remembered that an object or cluster was deleted, against reports that come late
 */
public record StreamSettings(
        String applicationId,
        Path stateDirectory,
        int threads,
        int standbyReplicas,
        Duration commitInterval,
        Duration keepMarks) {
    public StreamSettings {
        if (applicationId.isBlank()) {
            throw new IllegalArgumentException("edge-mc.summarizer.application-id is not empty");
        }
        if (threads < 1 || standbyReplicas < 0) {
            throw new IllegalArgumentException("want at least one thread and no negative number of standby replicas");
        }
        if (!commitInterval.isPositive() || !keepMarks.isPositive()) {
            throw new IllegalArgumentException("commit interval and the time to keep marks are positive");
        }
        stateDirectory = stateDirectory.toAbsolutePath().normalize();
    }
}
