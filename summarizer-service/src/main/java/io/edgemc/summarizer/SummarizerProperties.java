package io.edgemc.summarizer;

import io.edgemc.summarizer.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code edge-mc.summarizer.*}.
 *
 * @param stateDir folder of the stores
 * @param applicationId names the group and the internal topics; the same for all instances
 * @param threads that process
 * @param standbyReplicas how many other instances keep each store warm
 * @param commitInterval how long differences may wait for their commit, in each of the two stages
 * @param keepMarks how long it is remembered that an object or cluster was deleted
 * @param maxEventStreams how many readers of server-sent events there may be
 */
@ConfigurationProperties("edge-mc.summarizer")
record SummarizerProperties(
        @DefaultValue("state/summarizer") Path stateDir,
        @DefaultValue("edge-mc-summarizer") String applicationId,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("100ms") Duration commitInterval,
        @DefaultValue("24h") Duration keepMarks,
        @DefaultValue("256") int maxEventStreams) {

    StreamSettings stream() {
        return new StreamSettings(applicationId, stateDir, threads, standbyReplicas, commitInterval, keepMarks);
    }
}
