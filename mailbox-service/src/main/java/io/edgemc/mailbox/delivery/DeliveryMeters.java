package io.edgemc.mailbox.delivery;

import io.edgemc.mailbox.postbox.MailboxHead;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long writes take to their edges: {@code edgemc.delivery.lag}, from the commit of a write in its space until an edge was
 * given the target that follows from it ({@code taken}), and until it said to hold it ({@code applied}). Each target counts once for
 * a cluster and stage. Thread-safe.
 */
public final class DeliveryMeters {
    private final Clock clock;
    private final Stage taken;
    private final Stage applied;

    public DeliveryMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.taken = new Stage(registry, "taken");
        this.applied = new Stage(registry, "applied");
    }

    void taken(MailboxHead head) {
        taken.reached(head);
    }

    void applied(MailboxHead head) {
        applied.reached(head);
    }

    /** The cluster is gone. */
    public void forget(String clusterUid) {
        taken.counted.remove(clusterUid);
        applied.counted.remove(clusterUid);
    }

    private final class Stage {
        private final Timer timer;
        /** Revision that was counted last, by cluster. */
        private final Map<String, Long> counted = new ConcurrentHashMap<>();

        Stage(MeterRegistry registry, String name) {
            timer = Timer.builder("edgemc.delivery.lag")
                    .description("From the commit of a write in its space to its edges")
                    .tag("stage", name)
                    .publishPercentileHistogram()
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofMinutes(10))
                    .register(registry);
        }

        void reached(MailboxHead head) {
            Long before = counted.put(head.clusterUid(), head.targetRevision());
            Instant written = head.writtenAt();
            boolean first = before == null || before < head.targetRevision();
            // What an edge acknowledged before this process began was counted by the one before.
            if (first && written != null && head.appliedRevision() < head.targetRevision()) {
                Duration lag = Duration.between(written, clock.instant());
                // Clocks of two machines may differ.
                timer.record(lag.isNegative() ? Duration.ZERO : lag);
            }
        }
    }
}
