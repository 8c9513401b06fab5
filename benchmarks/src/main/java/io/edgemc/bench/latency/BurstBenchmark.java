package io.edgemc.bench.latency;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.CpuShares;
import io.edgemc.bench.hub.EdgeWatch;
import io.edgemc.bench.hub.ParallelWrites;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** S18: a burst of 500 and of 1 000 objects to one cluster, until all are held by a real edge API server. */
public final class BurstBenchmark implements Benchmark {
    /** A hub that serves is warm: its code is compiled. */
    private static final int WARM_UP = 3_000;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String about() {
        return "S18: bursts of 500 and 1 000 objects to one real edge, all held";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name())) {
            hub.stack().awaitConnected(hub.stack().startLocalEdges(List.of("edge1"), edge -> Map.of("bench", "s18")));
            SpaceWriter writer = new SpaceWriter(hub.api(), "s18");
            writer.prepare("ns");
            writer.place("ns", "bench", "s18");
            try (EdgeWatch watch = EdgeWatch.configMaps(hub, "edge1", "ns")) {
                ParallelWrites.run(16, WARM_UP, i -> writer.create("ns", "warm-" + i, 1_000));
                SimulatedFleet.await("warm-up", 120, () -> watch.count() >= WARM_UP);
                for (int burst : new int[] {500, 1_000}) {
                    int before = watch.count();
                    CpuShares used = CpuShares.begin(hub, "edge1");
                    long began = System.nanoTime();
                    ParallelWrites.run(16, burst, i -> writer.create("ns", "b" + burst + "-" + i, 1_000));
                    double accepted = (System.nanoTime() - began) / 1e9;
                    SimulatedFleet.await("burst of " + burst, 120, () -> watch.count() >= before + burst);
                    double held = (System.nanoTime() - began) / 1e9;
                    String cpu = used.perItem(burst);
                    rows.add(new Row(
                            "S18",
                            burst + " objects to one edge, all held",
                            "≥ 300 /s",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f /s held (%.2f s), accepted in %.2f s",
                                    burst / held,
                                    held,
                                    accepted)));
                    rows.add(new Row("", "processor time an object in that burst, two cores", "", cpu));
                }
            }
        }
        return rows;
    }
}
