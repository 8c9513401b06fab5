package io.edgemc.bench.measure;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durations of one kind, in microseconds, as a distribution. */
public final class Samples {
    private static final long HIGHEST_MICROS = 600_000_000L;

    private final Histogram histogram = new Histogram(HIGHEST_MICROS, 3);

    public synchronized void addNanos(long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, HIGHEST_MICROS));
    }

    public synchronized long count() {
        return histogram.getTotalCount();
    }

    /** Milliseconds at a percentile of 0 to 100. */
    public synchronized double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** {@code p50 / p90 / p99 / max} in milliseconds. */
    public synchronized String distribution() {
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f / %.1f / %.1f ms (%d)",
                millis(50),
                millis(90),
                millis(99),
                histogram.getMaxValue() / 1_000.0,
                count());
    }
}
