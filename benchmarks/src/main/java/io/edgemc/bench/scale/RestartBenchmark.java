package io.edgemc.bench.scale;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.bench.Benchmark;
import io.edgemc.bench.fleet.SimulatedEdge;
import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** S6 with one replica: kill -9 of the hub with 100 000 (placement, cluster) pairs, three times, 30 s apart. */
public final class RestartBenchmark implements Benchmark {
    private static final int CLUSTERS = 1_000;
    private static final int PLACEMENTS = 100;
    private static final int KILLS = 3;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String about() {
        return "S6, one replica: kill -9 with 100 000 (placement, cluster) pairs, three times";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name());
                SimulatedFleet fleet = SimulatedFleet.connect(hub, CLUSTERS, i -> Map.of("bench", "restart"))) {
            for (int i = 0; i < PLACEMENTS; i++) {
                SpaceWriter space = new SpaceWriter(hub.api(), "s6-" + i);
                space.prepare("ns-" + i);
                space.create("ns-" + i, "settings", 500);
                space.place("ns-" + i, "bench", "restart");
            }
            for (int i = 0; i < PLACEMENTS; i++) {
                ObjectKey key = new ObjectKey("", "configmaps", "ns-" + i, "settings");
                SimulatedFleet.await("pairs", 300, () -> holders(fleet, key) == CLUSTERS);
            }
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            for (int kill = 1; kill <= KILLS; kill++) {
                rows.add(kill(hub, fleet, kill));
                LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
            }
        }
        return rows;
    }

    /** The change is written as soon as the hub takes it, as somebody would who tries again until it does. */
    private static Row kill(BenchHub hub, SimulatedFleet fleet, int kill) {
        long delivered = delivered(fleet);
        SpaceWriter writer = new SpaceWriter(hub.api(), "s6-0");
        ObjectKey key = new ObjectKey("", "configmaps", "ns-0", "after-" + kill);
        long began = System.nanoTime();
        hub.kill();
        CompletableFuture<Double> ready = hub.restartMeanwhile().thenApply(started -> secondsSince(began));
        SimulatedFleet.await("the write is accepted", 300, () -> writer.isCreated("ns-0", key.name(), 500));
        double accepted = secondsSince(began);
        SimulatedFleet.await("first change", 120, () -> holders(fleet, key) > 0);
        double first = secondsSince(began);
        SimulatedFleet.await("convergence", 180, () -> holders(fleet, key) == CLUSTERS);
        double all = secondsSince(began);
        long beyond = delivered(fleet) - delivered - CLUSTERS;
        return new Row(
                "S6",
                "kill -9 no. " + kill
                        + ": first new change at an edge / all 1 000 converged; objects sent beyond the change",
                "≤ 8 s with its start / ≤ 60 s; 0",
                String.format(
                        Locale.ROOT,
                        "%.1f s (accepted after %.1f s, all services ready after %.1f s) / %.1f s; %d",
                        first,
                        accepted,
                        ready.join(),
                        all,
                        beyond));
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static long delivered(SimulatedFleet fleet) {
        return fleet.edges().stream().mapToLong(SimulatedEdge::deliveredObjects).sum();
    }

    private static long holders(SimulatedFleet fleet, ObjectKey key) {
        return fleet.edges().stream()
                .filter(edge -> edge.held().containsKey(key))
                .count();
    }
}
