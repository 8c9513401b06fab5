package io.edgemc.summarizer.cluster;

import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inventory, and does what no record causes: after a start under other definitions every cluster is evaluated again
 * from local state, a few at a time so that reports keep flowing; and marks of what was deleted are forgotten when they are old.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class InventoryProcessor extends ClusterProcessor<ClusterRecord> {
    private static final Duration BACKFILL_STEP = Duration.ofMillis(20);
    private static final Duration SWEEP_STEP = Duration.ofMinutes(10);

    private final long keepMarksMillis;
    private Cancellable backfill;
    private String cursor = "";

    InventoryProcessor(DefinitionSet definitions, ContentCache contents, Duration keepMarks) {
        super(definitions, contents, InventoryProcessor::read);
        this.keepMarksMillis = keepMarks.toMillis();
    }

    @Override
    public void init(ProcessorContext<String, Delta> context) {
        super.init(context);
        // Nothing may be forwarded from here, so the first step is a moment later; the last one ends it.
        backfill = context.schedule(BACKFILL_STEP, PunctuationType.WALL_CLOCK_TIME, now -> backfillStep(context, now));
        context.schedule(SWEEP_STEP, PunctuationType.WALL_CLOCK_TIME, now -> ledger().sweep(now - keepMarksMillis));
    }

    private void backfillStep(ProcessorContext<String, Delta> context, long now) {
        long newest = context.currentStreamTimeMs();
        String next = ledger().evaluateOutdated(cursor, newest < 0 ? now : newest);
        if (next == null) {
            backfill.cancel();
        } else {
            cursor = next;
        }
    }

    private static void read(ClusterLedger ledger, String uid, @Nullable ClusterRecord record, long at) {
        if (record == null) {
            ledger.gone(uid, at);
        } else if (record.uid().equals(uid)) {
            ledger.known(record, at);
        } else {
            throw new PoisonRecordException("the record's key is not the uid of its cluster");
        }
    }
}
