package io.edgemc.bench.latency;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.EdgeWatch;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import io.edgemc.bench.measure.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** S17: a write in a space until the object is on a real edge API server, when idle and under a steady rate. */
public final class WriteToEdgeBenchmark implements Benchmark {
    private static final int SIZE = 1_000;
    private static final int IDLE_SAMPLES = 200;
    private static final int WARM_UP = 100;

    @Override
    public String name() {
        return "write-to-edge";
    }

    @Override
    public String about() {
        return "S17: write in a space to object on a real edge, idle and at 20, 50, 100 creates per 30 s";
    }

    @Override
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        try (BenchHub hub = BenchHub.start(name())) {
            hub.stack().awaitConnected(hub.stack().startLocalEdges(List.of("edge1"), edge -> Map.of("bench", "s17")));
            SpaceWriter writer = new SpaceWriter(hub.api(), "s17");
            writer.prepare("ns");
            writer.place("ns", "bench", "s17");
            try (EdgeWatch watch = EdgeWatch.configMaps(hub, "edge1", "ns")) {
                measure(writer, watch, "warm", WARM_UP, Duration.ofMillis(20));
                rows.addAll(rows(
                        "idle, one at a time", measure(writer, watch, "idle", IDLE_SAMPLES, Duration.ofMillis(150))));
                for (int perHalfMinute : new int[] {20, 50, 100}) {
                    Duration pause = Duration.ofSeconds(30).dividedBy(perHalfMinute);
                    Result all = new Result(new Samples(), new Samples(), new Samples());
                    for (int round = 0; all.total().count() < 200; round++) {
                        measure(writer, watch, "r" + perHalfMinute + "-" + round, perHalfMinute, pause, all);
                    }
                    rows.addAll(rows(perHalfMinute + " creates per 30 s", all));
                }
            }
        }
        return rows;
    }

    private record Result(Samples accepted, Samples hub, Samples total) {}

    private static List<Row> rows(String what, Result result) {
        String aim = "p50 ≤ 20 ms, p99 ≤ 80 ms";
        List<Row> rows = List.of(
                new Row(
                        "S17",
                        what + ": write sent → seen by a watch at the edge",
                        aim,
                        result.total().distribution()),
                new Row(
                        "",
                        what + ": write sent → accepted",
                        "",
                        result.accepted().distribution()),
                new Row(
                        "",
                        what + ": accepted → seen at the edge (delivery and apply)",
                        "",
                        result.hub().distribution()));
        // The whole takes ten minutes: what is measured is told at once.
        rows.forEach(row -> System.err.println(row.markdown()));
        return rows;
    }

    private static Result measure(SpaceWriter writer, EdgeWatch watch, String prefix, int count, Duration pause) {
        Result result = new Result(new Samples(), new Samples(), new Samples());
        measure(writer, watch, prefix, count, pause, result);
        return result;
    }

    private static void measure(
            SpaceWriter writer, EdgeWatch watch, String prefix, int count, Duration pause, Result result) {
        for (int i = 0; i < count; i++) {
            String name = prefix + "-" + i;
            long sent = System.nanoTime();
            writer.create("ns", name, SIZE);
            long accepted = System.nanoTime();
            long seen = watch.await(name, Duration.ofSeconds(30));
            result.accepted().addNanos(accepted - sent);
            // A watch may show the object before the answer to the write has been read.
            result.hub().addNanos(Math.max(0, seen - accepted));
            result.total().addNanos(seen - sent);
            LockSupport.parkNanos(Math.max(0, pause.toNanos() - (System.nanoTime() - sent)));
        }
    }
}
