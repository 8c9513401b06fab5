package io.edgemc.summarizer.wire;

import io.edgemc.api.event.Topics;
import java.util.List;

/**
 * Names of the topics that this service reads and writes.
 *
 * @param reports read: what edges report
 * @param inventory read: clusters
 * @param targets read: what clusters should hold
 * @param content read: why they should hold it
 * @param summaries written: rows
 * @param deadLetters written: what cannot be processed
 */
public record SummarizerTopics(
        String reports, String inventory, String targets, String content, String summaries, String deadLetters) {

    /** The topics of the bus. */
    public static SummarizerTopics ofBus() {
        return new SummarizerTopics(
                Topics.REPORTS.topic(),
                Topics.INVENTORY.topic(),
                Topics.TARGETS.topic(),
                Topics.CONTENT.topic(),
                Topics.SUMMARIES.topic(),
                Topics.DEAD_LETTERS.topic());
    }

    /** Those whose partitions must be equally many, because all of a cluster must meet in one task. */
    public List<String> byCluster() {
        return List.of(reports, inventory, targets);
    }

    /** All that must be there before anything can start. */
    public List<String> all() {
        return List.of(reports, inventory, targets, content, summaries, deadLetters);
    }
}
