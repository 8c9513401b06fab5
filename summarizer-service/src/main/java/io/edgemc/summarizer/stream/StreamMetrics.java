package io.edgemc.summarizer.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** The few of Kafka Streams' many hundred figures that say whether rows are in time. */
public final class StreamMetrics {
    private static final String QUEUE = "summarizer";
    private static final double MILLIS = 1_000;

    private StreamMetrics() {}

    /** Registers the gauges of a stream; they follow it through its restarts. */
    public static void bind(SummaryStream stream, MeterRegistry meters) {
        gauge("edgemc.queue.size", "Items that wait", stream, meters, StreamMetrics::waiting);
        gauge("edgemc.queue.age", "Age of the oldest item that waits", stream, meters, StreamMetrics::age);
    }

    private static void gauge(
            String name,
            String description,
            SummaryStream stream,
            MeterRegistry meters,
            ToDoubleFunction<SummaryStream> value) {
        Gauge.builder(name, stream, value)
                .description(description)
                .baseUnit(name.endsWith(".age") ? "seconds" : null)
                .tag("queue", QUEUE)
                .register(meters);
    }

    /** Records that the consumers know of and have not read. */
    private static double waiting(SummaryStream stream) {
        double sum = 0;
        KafkaStreams running = stream.streams();
        if (running != null) {
            for (Metric metric : running.metrics().values()) {
                MetricName name = metric.metricName();
                if (name.name().equals("records-lag") && name.tags().containsKey("partition")) {
                    sum += number(metric);
                }
            }
        }
        return sum;
    }

    /** While something waits, how old the oldest record was that left the topology of late; 0 when nothing waits. */
    private static double age(SummaryStream stream) {
        KafkaStreams running = stream.streams();
        if (running == null || waiting(stream) == 0) {
            return 0;
        }
        double oldest = 0;
        for (Metric metric : running.metrics().values()) {
            if (metric.metricName().name().equals("record-e2e-latency-max")) {
                oldest = Math.max(oldest, number(metric) / MILLIS);
            }
        }
        return oldest;
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number && Double.isFinite(number.doubleValue())
                ? Math.max(0, number.doubleValue())
                : 0;
    }
}
