package io.edgemc.bench.scale;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.bench.Benchmark;
import io.edgemc.bench.fleet.CountingProxy;
import io.edgemc.bench.fleet.SimulatedEdge;
import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.ParallelWrites;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.ProcessFigures;
import io.edgemc.bench.measure.Row;
import io.edgemc.bench.measure.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** S1b, S4, S13 and idleness at 1 000 simulated clusters that are all connected. */
public final class FleetBenchmark implements Benchmark {
    private static final int CLUSTERS = 1_000;
    private static final int OBJECTS = 6_000;
    private static final int ROUNDS = 5;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final ObjectKey SETTINGS = new ObjectKey("", "configmaps", "s4", "settings");

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public String about() {
        return "S1b, S4, S13 and idle cost at 1 000 simulated clusters";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name());
                CountingProxy proxy = new CountingProxy(URI.create(hub.state().url("agents")));
                SimulatedFleet fleet = SimulatedFleet.connect(hub, CLUSTERS - 1, i -> Map.of("bench", "fleet"))) {
            SimulatedEdge counted = fleet.join(hub, "sim-counted", Map.of("bench", "fleet"), proxy.address());
            warmUp(hub, fleet);
            placements(hub, fleet, rows);
            change(hub, fleet, rows);
            SpaceWriter stock = new SpaceWriter(hub.api(), "stock");
            stock.prepare("ns");
            ParallelWrites.run(32, OBJECTS, i -> stock.create("ns", "stock-" + i, 3_000));
            idle(hub, proxy, rows, counted);
        }
        return rows;
    }

    private static void warmUp(BenchHub hub, SimulatedFleet fleet) {
        SpaceWriter writer = new SpaceWriter(hub.api(), "warm");
        writer.prepare("warm");
        writer.place("warm", "bench", "fleet");
        for (int i = 0; i < 10; i++) {
            writer.create("warm", "w-" + i, 1_000);
            int held = i + 1;
            SimulatedFleet.await("warm-up", 120, () -> fleet.allHold(held));
        }
    }

    /** A placement on all clusters, written last: a namespace, a ConfigMap of 1 KB and a Deployment. */
    private static void placements(BenchHub hub, SimulatedFleet fleet, List<Row> rows) {
        Samples held = new Samples();
        Samples changed = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            String namespace = "s1b-" + round;
            SpaceWriter writer = new SpaceWriter(hub.api(), "s1b-" + round);
            writer.prepare(namespace);
            writer.create(namespace, "settings", 1_000);
            writer.createDeployment(namespace, "web");
            ObjectKey web = new ObjectKey("apps", "deployments", namespace, "web");
            ObjectKey settings = new ObjectKey("", "configmaps", namespace, "settings");
            long began = System.nanoTime();
            writer.place(namespace, "bench", "fleet");
            SimulatedFleet.await("placement", 120, () -> all(fleet, web) && all(fleet, settings));
            held.addNanos(System.nanoTime() - began);
            changed.addNanos(change(writer, fleet, namespace, settings, round + 1));
        }
        rows.add(new Row("S1b", "placement → held by 1 000 of 1 000", "held ≤ 3 s", held.distribution()));
        rows.add(new Row("S1b", "a changed template → held by 1 000 of 1 000", "held ≤ 3 s", changed.distribution()));
    }

    /** One object of a set of 100 changes. */
    private static void change(BenchHub hub, SimulatedFleet fleet, List<Row> rows) {
        SpaceWriter writer = new SpaceWriter(hub.api(), "s4");
        writer.prepare("s4");
        ParallelWrites.run(16, 99, i -> writer.create("s4", "other-" + i, 1_000));
        writer.create("s4", "settings", 1_000);
        writer.place("s4", "bench", "fleet");
        SimulatedFleet.await("set of 100", 180, () -> all(fleet, SETTINGS));
        Samples accepted = new Samples();
        Samples held = new Samples();
        for (int round = 1; round <= ROUNDS; round++) {
            long began = System.nanoTime();
            String before = content(fleet);
            writer.replace("s4", "settings", 1_000, round);
            // The answer comes when object, content, tree nodes and all targets are committed.
            accepted.addNanos(System.nanoTime() - began);
            SimulatedFleet.await("change", 120, () -> allDiffer(fleet, SETTINGS, before));
            held.addNanos(System.nanoTime() - began);
        }
        rows.add(new Row(
                "S4",
                "one of 100 objects changes → all 1 000 targets moved, durable",
                "≤ 3 s at 10 000",
                accepted.distribution()));
        rows.add(new Row("S4", "the same → held by all 1 000", "", held.distribution()));
    }

    private static long change(SpaceWriter writer, SimulatedFleet fleet, String namespace, ObjectKey key, int salt) {
        SimulatedEdge.Held first = fleet.edges().getFirst().held().get(key);
        String before = first == null ? "" : first.content();
        long began = System.nanoTime();
        writer.replace(namespace, key.name(), 1_000, salt);
        SimulatedFleet.await("change", 120, () -> allDiffer(fleet, key, before));
        return System.nanoTime() - began;
    }

    private static void idle(BenchHub hub, CountingProxy proxy, List<Row> rows, SimulatedEdge counted) {
        long pid = hub.state().pid();
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
        Duration cpu = ProcessFigures.cpuOfTree(pid);
        long up = proxy.up();
        long down = proxy.down();
        long began = System.nanoTime();
        LockSupport.parkNanos(IDLE.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        double share = ProcessFigures.cpuOfTree(pid).minus(cpu).toMillis() / 10.0 / seconds;
        rows.add(new Row(
                "idle",
                "CPU of the hub with 1 000 connected clusters, all processes",
                "≤ 5 % of a core",
                String.format(Locale.ROOT, "%.1f %% of a core", share)));
        rows.add(new Row(
                "idle",
                "bytes per idle minute of cluster " + counted.name() + ", TLS included",
                "",
                String.format(
                        Locale.ROOT,
                        "%.0f up, %.0f down",
                        (proxy.up() - up) * 60 / seconds,
                        (proxy.down() - down) * 60 / seconds)));
        rows.add(new Row(
                "S13",
                "whole hub with database and broker, 1 000 clusters, 6 000 objects of 3 KB (heap limit 640 MB)",
                "≤ 1.5 GiB",
                String.format(
                        Locale.ROOT,
                        "%.2f GiB (JVM resident %.2f GiB, the rest PostgreSQL's proportional share)",
                        gib(ProcessFigures.proportionalBytesOfTree(pid)),
                        gib(ProcessFigures.residentBytes(pid)))));
    }

    private static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }

    private static String content(SimulatedFleet fleet) {
        SimulatedEdge.Held held = fleet.edges().getFirst().held().get(SETTINGS);
        return held == null ? "" : held.content();
    }

    private static boolean all(SimulatedFleet fleet, ObjectKey key) {
        return fleet.edges().stream().allMatch(edge -> edge.held().containsKey(key));
    }

    private static boolean allDiffer(SimulatedFleet fleet, ObjectKey key, String before) {
        for (SimulatedEdge edge : fleet.edges()) {
            SimulatedEdge.Held held = edge.held().get(key);
            if (held == null || held.content().equals(before)) {
                return false;
            }
        }
        return true;
    }
}
