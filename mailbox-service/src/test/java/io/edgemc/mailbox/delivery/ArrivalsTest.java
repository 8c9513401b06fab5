package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArrivalsTest {
    private static final long FAR = Duration.ofHours(1).toNanos();

    private final Arrivals arrivals = new Arrivals();

    @Test
    void what_arrived_between_the_look_and_the_wait_is_not_missed() {
        long seen = arrivals.count();
        arrivals.arrived();
        assertThat(arrivals.await(seen, System.nanoTime() + FAR)).isTrue();
    }

    @Test
    void who_waits_is_woken() throws Exception {
        long seen = arrivals.count();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> arrivals.await(seen, System.nanoTime() + FAR));
        arrivals.arrived();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_wait_ends_at_the_deadline() {
        assertThat(arrivals.await(arrivals.count(), System.nanoTime())).isFalse();
    }
}
