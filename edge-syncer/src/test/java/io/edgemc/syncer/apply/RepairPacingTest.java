package io.edgemc.syncer.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RepairPacingTest {
    @Test
    void repairsEverMoreSlowlyWhatDriftsEverySecondAndAtOnceAfterAQuietTime() {
        long now = 0;
        int repairs = 0;
        RepairPacing pacing = null;
        for (int second = 0;
                second < 600;
                second++, now += Duration.ofSeconds(1).toNanos()) {
            if (pacing == null || pacing.delay(now).isZero()) {
                pacing = RepairPacing.after(pacing, now);
                repairs++;
            }
        }

        // 1, 2, 4, 8, 16, 32 s apart, then once a minute.
        assertThat(repairs).isBetween(10, 20);
        assertThat(pacing.delay(now + Duration.ofMinutes(10).toNanos())).isZero();
        assertThat(RepairPacing.after(pacing, now + Duration.ofMinutes(10).toNanos())
                        .repairs())
                .isEqualTo(1);
    }
}
