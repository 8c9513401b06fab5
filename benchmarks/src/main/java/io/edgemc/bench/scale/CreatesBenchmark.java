package io.edgemc.bench.scale;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.ParallelWrites;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import io.edgemc.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** S7: durable creates of 3 KB objects, by one caller and by 64, and their delivery to 10 connected edges. */
public final class CreatesBenchmark implements Benchmark {
    private static final int SIZE = 3_000;

    @Override
    public String name() {
        return "creates";
    }

    @Override
    public String about() {
        return "S7: durable creates of 3 KB objects by 1 and 64 callers, accepted and delivered to 10 edges";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name())) {
            SpaceWriter alone = new SpaceWriter(hub.api(), "alone");
            alone.prepare("ns");
            ParallelWrites.run(64, 3_000, i -> alone.create("ns", "warm-" + i, SIZE));
            rows.add(accepted(alone, 1, 2_000, "≥ 500 /s"));
            rows.add(accepted(alone, 64, 20_000, "≥ 2 000 /s"));
            rows.add(delivered(hub));
        }
        return rows;
    }

    private static Row accepted(SpaceWriter writer, int callers, int count, String aim) {
        Samples each = new Samples();
        long began = System.nanoTime();
        ParallelWrites.run(callers, count, i -> {
            long sent = System.nanoTime();
            writer.create("ns", "c" + callers + "-" + i, SIZE);
            each.addNanos(System.nanoTime() - sent);
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Row(
                "S7",
                callers + (callers == 1 ? " caller" : " callers") + ", accepted (through the gateway, TLS)",
                aim,
                String.format(Locale.ROOT, "%.0f /s; each %s", count / seconds, each.distribution()));
    }

    private static Row delivered(BenchHub hub) {
        int count = 5_000;
        try (SimulatedFleet fleet = SimulatedFleet.connect(hub, 10, i -> Map.of("bench", "s7"))) {
            SpaceWriter writer = new SpaceWriter(hub.api(), "s7");
            writer.prepare("ns");
            writer.place("ns", "bench", "s7");
            ParallelWrites.run(64, 200, i -> writer.create("ns", "warm-" + i, SIZE));
            SimulatedFleet.await("warm-up", 60, () -> fleet.allHold(200));
            int before = fleet.edges().getFirst().held().size();
            long began = System.nanoTime();
            ParallelWrites.run(64, count, i -> writer.create("ns", "d-" + i, SIZE));
            double accepted = (System.nanoTime() - began) / 1e9;
            SimulatedFleet.await("delivery", 300, () -> fleet.allHold(before + count));
            double held = (System.nanoTime() - began) / 1e9;
            return new Row(
                    "S7",
                    "64 callers, each object delivered to 10 edges",
                    "≥ 1 000 /s",
                    String.format(
                            Locale.ROOT,
                            "%.0f /s held by all 10 (%d objects; accepted at %.0f /s)",
                            count / held,
                            count,
                            count / accepted));
        }
    }
}
