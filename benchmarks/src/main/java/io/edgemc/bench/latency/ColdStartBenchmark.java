package io.edgemc.bench.latency;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.hub.EdgeWatch;
import io.edgemc.bench.hub.SpaceWriter;
import io.edgemc.bench.measure.Row;
import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.cli.hub.HubApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** S14: nothing runs, nothing is stored → the first object is at an edge; and the start alone, empty and with data. */
public final class ColdStartBenchmark implements Benchmark {
    private static final int RUNS = 5;

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public String about() {
        return "S14: cold start of the local stack to the first object at an edge";
    }

    @Override
    public List<Row> run() {
        List<Double> hubReady = new ArrayList<>();
        List<Double> firstObject = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Workspace workspace = BenchHub.prepare(name());
            Console console = new Console(System.err);
            Stack stack = new Stack(workspace, console);
            try {
                stack.startHub(0, false, List.of("edge1"));
                hubReady.add(console.seconds());
                stack.awaitConnected(stack.startLocalEdges(List.of("edge1"), edge -> Map.of("bench", "s14")));
                try (HubApi api = HubApi.of(workspace.hub());
                        EdgeWatch watch = EdgeWatch.configMaps(workspace, "edge1", "ns")) {
                    SpaceWriter writer = new SpaceWriter(api, "s14");
                    writer.prepare("ns");
                    writer.place("ns", "bench", "s14");
                    writer.create("ns", "first", 500);
                    watch.await("first", Duration.ofSeconds(60));
                }
                firstObject.add(console.seconds());
                stack.stopAll();
                Console second = new Console(System.err);
                new Stack(workspace, second).startHub(0, false);
                again.add(second.seconds());
            } finally {
                stack.stopAll();
                DeletedFolder.delete(workspace.hub().root());
            }
        }
        return List.of(
                new Row("S14", "nothing → first object at an edge, median of " + RUNS, "≤ 20 s", median(firstObject)),
                new Row("", "nothing → hub ready", "≤ 20 s", median(hubReady)),
                new Row("", "stopped hub with data → ready", "", median(again)));
    }

    private static String median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.1f s (%.1f to %.1f)",
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}
