package io.edgemc.bench.kube;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.kube.Loads.Figure;
import io.edgemc.bench.measure.Row;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.kube.LocalEdgeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * S7, S8 and what else clients do to a space, beside an API server with etcd that gets the same load: first the hub alone, then
 * the reference alone. {@code small} has a tenth of everything; {@code writes}, {@code reads} and {@code watches} choose parts.
 */
public final class KubeBenchmark implements Benchmark {
    /** How much of everything. */
    private record Size(
            int alone, int creates, int applies, int structured, int pods, int watchers, int crowd, int changes) {
        static final Size FULL = new Size(1_000, 6_000, 6_000, 6_000, 20_000, 1_000, 2_000, 60);
        static final Size SMALL = new Size(200, 1_000, 1_000, 600, 2_000, 100, 200, 20);
    }

    private record Line(String target, String what, String aim, boolean rate) {}

    private static final Line ONE = new Line("S7", "creates of 3 KB, durable, 1 caller", "≥ 500 /s", true);
    private static final Line MANY = new Line("S7", "creates of 3 KB, durable, 64 callers", "≥ 2 000 /s", true);
    private static final Line SAME =
            new Line("", "server-side apply of an unchanged Deployment, 64 callers", "≥ 3 000 /s", true);
    private static final Line CHANGED =
            new Line("", "server-side apply of a changed Deployment, 64 callers", "≥ 1 000 /s", true);
    private static final Line FAN_OUT = new Line("", "write → event at each of %d watchers", "p99 ≤ 250 ms", false);
    private static final Line CROWD = new Line("", "the same, %d watchers, in a space with all those pods", "", false);
    private static final Line LIST = new Line("S8", "list of 600 objects of 3 to 50 KB", "≤ 300 ms", false);
    private static final Line PAGES = new Line("S8", "%d objects of 3 to 50 KB in pages of 500", "≤ 4 s", false);
    private static final Line TABLE = new Line("", "%d pods as one Table", "", false);
    private static final Line TABLES = new Line("", "%d pods as Tables of 500 (`kubectl get pods -A`)", "", false);

    private static final List<String> PARTS = List.of("writes", "reads", "watches");

    private final Map<Line, Map<String, Figure>> figures = new LinkedHashMap<>();

    @Override
    public String name() {
        return "kube";
    }

    @Override
    public String about() {
        return "S7, S8, apply, watches, tables: a space beside an API server with etcd (kube [small] [writes] [reads] [watches])";
    }

    @Override
    public List<Row> run() {
        return run(List.of());
    }

    @Override
    public List<Row> run(List<String> options) {
        Size size = options.contains("small") ? Size.SMALL : Size.FULL;
        List<String> chosen = PARTS.stream().filter(options::contains).toList();
        Set<String> parts = Set.copyOf(chosen.isEmpty() ? PARTS : chosen);
        try (BenchHub hub = BenchHub.start(name())) {
            hub.api()
                    .postOrFail(
                            "/system/apis/edge-mc.io/v1alpha1/spaces",
                            "{\"apiVersion\":\"edge-mc.io/v1alpha1\",\"kind\":\"Space\",\"metadata\":{\"name\":\""
                                    + Endpoints.SPACE + "\"}}");
            try (Endpoint gateway = Endpoints.gateway(hub);
                    Endpoint service = Endpoints.service(hub)) {
                load(List.of(gateway, service), parts, size);
            }
        }
        Path folder = BenchHub.prepare(name() + "-reference").hub().root();
        LocalEdgeOptions alone = LocalEdgeOptions.durable("reference", folder).withoutEffects();
        try (LocalEdge edge = LocalEdge.start(alone, KubeBinaries.find());
                Endpoint reference = Endpoints.reference(edge, folder)) {
            load(List.of(reference), parts, size);
        } finally {
            DeletedFolder.delete(folder);
        }
        return rows(size);
    }

    /** @param ways to one server; all share what is stored there */
    private void load(List<Endpoint> ways, Set<String> parts, Size size) {
        if (parts.contains("writes")) {
            new Loads(ways.getFirst()).namespace("writes");
            ways.forEach(way -> writes(way, size));
        }
        if (parts.contains("reads")) {
            stored(new Loads(ways.getLast()), size);
            pods(new Loads(ways.getLast()), size);
            ways.forEach(way -> reads(way, size));
        }
        if (parts.contains("watches")) {
            if (!parts.contains("reads")) {
                pods(new Loads(ways.getLast()), size);
            }
            ways.forEach(way -> watches(way, size));
        }
    }

    private void writes(Endpoint endpoint, Size size) {
        Loads loads = new Loads(endpoint);
        loads.creates("writes", 32, size.creates() / 2, 3_000); // warm
        record(ONE, endpoint, loads.creates("writes", 1, size.alone(), 3_000));
        record(MANY, endpoint, loads.creates("writes", Loads.CALLERS, size.creates(), 3_000));
        loads.applies("writes", size.applies() / 2, false); // warm
        record(SAME, endpoint, loads.applies("writes", size.applies(), false));
        record(CHANGED, endpoint, loads.applies("writes", size.applies() / 2, true));
    }

    private void stored(Loads loads, Size size) {
        loads.namespace("some");
        loads.structured("some", Math.min(600, size.structured()));
        loads.namespace("many");
        loads.structured("many", size.structured());
    }

    private static void pods(Loads loads, Size size) {
        loads.namespace("pods");
        loads.pods("pods", size.pods());
    }

    private void reads(Endpoint endpoint, Size size) {
        Loads loads = new Loads(endpoint);
        record(LIST, endpoint, loads.list("some", 0, 7));
        record(PAGES, endpoint, loads.list("many", 500, 3));
        record(TABLES, endpoint, loads.podTables(500, 3));
        record(TABLE, endpoint, loads.podTables(0, 3));
    }

    private void watches(Endpoint endpoint, Size size) {
        fanOut(FAN_OUT, endpoint, size.watchers(), size.changes());
        if (!endpoint.name().equals("gateway")) {
            // There the local hub's heap sets a limit below that: see docs/operating.md.
            fanOut(CROWD, endpoint, size.crowd(), size.changes());
        }
    }

    private void fanOut(Line line, Endpoint endpoint, int watchers, int changes) {
        String namespace = "watched-" + endpoint.name() + "-" + watchers;
        new Loads(endpoint).namespace(namespace);
        record(line, endpoint, new FanOut(endpoint).run(namespace, watchers, changes));
    }

    private void record(Line line, Endpoint endpoint, Figure figure) {
        System.err.println(endpoint.name() + ": " + line.what().replace("%d ", "") + ": " + figure.words());
        figures.computeIfAbsent(line, l -> new LinkedHashMap<>()).put(endpoint.name(), figure);
    }

    private List<Row> rows(Size size) {
        Map<Line, Integer> counts = Map.of(
                FAN_OUT,
                size.watchers(),
                CROWD,
                size.crowd(),
                PAGES,
                size.structured(),
                TABLE,
                size.pods(),
                TABLES,
                size.pods());
        List<Row> rows = new ArrayList<>();
        figures.forEach((line, byEndpoint) -> {
            Figure reference = byEndpoint.get("reference");
            List<String> words = new ArrayList<>();
            byEndpoint.forEach((endpoint, figure) -> {
                String ratio = reference == null || figure == reference
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", **%.2f ×** the reference's %s",
                                figure.value() / reference.value(),
                                line.rate() ? "rate" : "time");
                words.add(endpoint + " " + figure.words() + ratio);
            });
            String what =
                    line.what().contains("%d") ? line.what().formatted(counts.getOrDefault(line, 0)) : line.what();
            rows.add(new Row(line.target(), what, line.aim(), String.join("<br>", words)));
        });
        return rows;
    }
}
