package io.edgemc.mailbox.report;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.publish.BusUnavailableException;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends reports to the bus, one batch of a cluster at a time, in their order. A report that was acknowledged is not appended
 * again: it would follow newer ones of its object in the log. Thread-safe.
 */
public final class ReportLog {
    private final EventPublisher publisher;
    private final SealedReports sealing;
    private final Duration timeout;
    private final Map<String, Tail> tails = new ConcurrentHashMap<>();

    public ReportLog(EventPublisher publisher, KeyRing keys, Clock clock, Duration timeout) {
        this.publisher = publisher;
        this.sealing = new SealedReports(keys, clock);
        this.timeout = timeout;
    }

    private static final class Tail {
        private final ReentrantLock lock = new ReentrantLock();
        private long epoch;
        private long acknowledged;
    }

    /**
     * Returns the last sequence that is durable. Throws {@link ProblemException} if another batch of the cluster is on its way,
     * {@link BusUnavailableException} if the bus did not take all: then nothing is acknowledged.
     *
     * @param fence checks the session once more when the cluster's turn has come
     */
    long append(String clusterUid, ReportBatch batch, Runnable fence) {
        Tail tail = tails.computeIfAbsent(clusterUid, uid -> new Tail());
        if (!tail.lock.tryLock()) {
            throw new ProblemException(Problem.tooManyCalls());
        }
        try {
            fence.run();
            if (tail.epoch != batch.epoch()) {
                tail.epoch = batch.epoch();
                tail.acknowledged = 0;
            }
            long known = tail.acknowledged;
            publish(batch.reports().stream()
                    .filter(report -> report.sequence() > known)
                    .toList());
            tail.acknowledged = Math.max(known, batch.lastSequence());
            return tail.acknowledged;
        } finally {
            tail.lock.unlock();
        }
    }

    /** Appends what the hub itself found out about objects of a cluster. */
    void appendOwn(List<ObjectReport> reports) {
        publish(reports);
    }

    /** The last acknowledged sequence of a session, 0 if this process knows none. */
    long acknowledged(String clusterUid, long epoch) {
        Tail tail = tails.get(clusterUid);
        return tail != null && tail.epoch == epoch ? tail.acknowledged : 0;
    }

    /** Tombstones for objects of a cluster that is gone, so that the log forgets them. */
    void forget(String clusterUid, List<OutgoingEvent> tombstones) {
        tails.remove(clusterUid);
        await(tombstones);
    }

    SealedReports sealing() {
        return sealing;
    }

    private void publish(List<ObjectReport> reports) {
        await(reports.stream()
                .map(report -> OutgoingEvent.of(
                                Topics.REPORTS.topic(),
                                ReportKeys.object(report.clusterUid(), report.key()),
                                sealing.event(report))
                        .partitionedBy(report.clusterUid()))
                .toList());
    }

    private void await(List<OutgoingEvent> events) {
        try {
            publisher.publishAll(events).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException never) {
                throw new ProblemException(new Problem(413, "too-large", "A report is larger than the bus takes."));
            }
            throw new BusUnavailableException("the broker did not take a batch of reports", e);
        } catch (TimeoutException e) {
            throw new BusUnavailableException("the broker did not take a batch of reports in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted", e);
        }
    }
}
