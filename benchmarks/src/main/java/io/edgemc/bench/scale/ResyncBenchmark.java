package io.edgemc.bench.scale;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.bench.Benchmark;
import io.edgemc.bench.fleet.CountingProxy;
import io.edgemc.bench.fleet.SimulatedEdge;
import io.edgemc.bench.fleet.SimulatedFleet;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.ParallelWrites;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** S11: what it costs to come back to a mailbox of 10 000 objects, and to start with nothing. */
public final class ResyncBenchmark implements Benchmark {
    private static final int OBJECTS = 10_000;
    private static final int SIZE = 500;

    @Override
    public String name() {
        return "resync";
    }

    @Override
    public String about() {
        return "S11: resync of a 10 000-object mailbox with none and one change, and a cold start";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name());
                CountingProxy proxy = new CountingProxy(URI.create(hub.state().url("agents")));
                SimulatedFleet fleet = SimulatedFleet.connect(hub, 0, i -> Map.of())) {
            SpaceWriter writer = new SpaceWriter(hub.api(), "s11");
            writer.prepare("ns");
            ParallelWrites.run(32, OBJECTS, i -> writer.create("ns", "o-" + i, SIZE));
            writer.place("ns", "bench", "s11");
            long began = System.nanoTime();
            SimulatedEdge edge = fleet.join(hub, "sim-counted", Map.of("bench", "s11"), proxy.address());
            SimulatedFleet.await("first start", 180, () -> edge.held().size() >= OBJECTS);
            rows.add(coldStart("first start with 10 000 objects waiting", edge, proxy, began, 0, 0));
            idle();
            unchanged(edge, proxy, rows);
            changed(writer, edge, proxy, rows);
            wiped(edge, proxy, rows);
        }
        return rows;
    }

    private static void unchanged(SimulatedEdge edge, CountingProxy proxy, List<Row> rows) {
        long bytes = total(proxy);
        edge.reconnect();
        idle();
        rows.add(new Row(
                "S11",
                "reconnect, nothing changed: TCP bytes with TLS handshake, session and poll",
                "≤ 300 B without the handshake",
                (total(proxy) - bytes) + " B"));
    }

    private static void changed(SpaceWriter writer, SimulatedEdge edge, CountingProxy proxy, List<Row> rows) {
        ObjectKey key = new ObjectKey("", "configmaps", "ns", "o-77");
        idle();
        SimulatedEdge.Held before = edge.held().get(key);
        long bytes = total(proxy);
        writer.replace("ns", "o-77", SIZE, 1);
        SimulatedFleet.await("one change", 30, () -> !Objects.equals(edge.held().get(key), before));
        idle();
        rows.add(new Row(
                "S11",
                "one object of 10 000 changed: bytes on the open connection, acknowledgement included",
                "≤ 4 KB, ≤ 2 round trips",
                (total(proxy) - bytes) + " B, 1 round trip and its acknowledgement"));
        idle();
        SimulatedEdge.Held now = edge.held().get(key);
        long again = total(proxy);
        edge.reconnect();
        writer.replace("ns", "o-77", SIZE, 2);
        SimulatedFleet.await("one change", 30, () -> !Objects.equals(edge.held().get(key), now));
        idle();
        rows.add(new Row(
                "S11",
                "reconnect with one change: TCP bytes with TLS handshake, session, poll, difference, acknowledgement",
                "≤ 4 KB without the handshake",
                (total(proxy) - again) + " B"));
    }

    private static void wiped(SimulatedEdge edge, CountingProxy proxy, List<Row> rows) {
        long objects = edge.deliveredObjects();
        long bytes = total(proxy);
        long began = System.nanoTime();
        edge.wipe();
        SimulatedFleet.await("wiped agent", 180, () -> edge.held().size() >= OBJECTS);
        rows.add(coldStart("agent that lost its disk", edge, proxy, began, objects, bytes));
    }

    private static Row coldStart(
            String what, SimulatedEdge edge, CountingProxy proxy, long began, long objectsBefore, long bytesBefore) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Row(
                "S11",
                what,
                "content sent once",
                String.format(
                        Locale.ROOT,
                        "%.1f s, %d contents for %d objects, %.1f MB on the wire",
                        seconds,
                        edge.deliveredObjects() - objectsBefore,
                        edge.held().size(),
                        (total(proxy) - bytesBefore) / 1e6));
    }

    private static long total(CountingProxy proxy) {
        return proxy.up() + proxy.down();
    }

    private static void idle() {
        LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
    }
}
