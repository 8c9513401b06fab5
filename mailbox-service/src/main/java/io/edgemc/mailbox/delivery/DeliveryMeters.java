package io.edgemc.mailbox.delivery;

import io.edgemc.mailbox.postbox.MailboxHead;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long targets take to their edges: {@code edgemc.delivery.lag}, from the commit here until taken, and until applied. */
public final class DeliveryMeters {
    private final Clock clock;
    private final Timer taken;
    private final Timer applied;

    public DeliveryMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.taken = timer(registry, "taken");
        this.applied = timer(registry, "applied");
    }

    void taken(MailboxHead head) {
        record(taken, head);
    }

    void applied(MailboxHead head) {
        record(applied, head);
    }

    private void record(Timer timer, MailboxHead head) {
        Instant at = head.targetAt();
        if (at != null) {
            timer.record(Duration.between(at, clock.instant()));
        }
    }

    private static Timer timer(MeterRegistry registry, String stage) {
        return Timer.builder("edgemc.delivery.lag")
                .description("From the commit of a target to its edge")
                .tag("stage", stage)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }
}
