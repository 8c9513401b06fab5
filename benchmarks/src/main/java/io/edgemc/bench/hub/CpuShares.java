package io.edgemc.bench.hub;

import io.edgemc.bench.measure.ProcessFigures;
import io.edgemc.cli.edge.Edges;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who used the processors since {@link #begin}: the hub's JVM, its database, an edge's API server with etcd, its syncer, the caller. */
public final class CpuShares {
    private final BenchHub hub;
    private final String edge;
    private final Map<String, Duration> before;

    private CpuShares(BenchHub hub, String edge) {
        this.hub = hub;
        this.edge = edge;
        this.before = now();
    }

    /** @param edge name of a local edge of the hub */
    public static CpuShares begin(BenchHub hub, String edge) {
        return new CpuShares(hub, edge);
    }

    /** Processor time of each since the beginning, in milliseconds for each of {@code count} items. */
    public String perItem(int count) {
        return now().entrySet().stream()
                .map(entry -> String.format(
                        java.util.Locale.ROOT,
                        "%s %.1f ms",
                        entry.getKey(),
                        entry.getValue()
                                        .minus(before.getOrDefault(entry.getKey(), Duration.ZERO))
                                        .toMillis()
                                / (double) count))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Duration> now() {
        Map<String, Duration> now = new LinkedHashMap<>();
        long pid = hub.state().pid();
        now.put("hub", ProcessFigures.cpu(pid));
        now.put("database", ProcessFigures.cpuOfTree(pid).minus(ProcessFigures.cpu(pid)));
        hub.stack().edges().list().stream()
                .filter(known -> known.name().equals(edge))
                .map(hub.stack().edges()::running)
                .forEach(running -> addEdge(now, running));
        now.put("caller", ProcessFigures.cpu(ProcessHandle.current().pid()));
        return now;
    }

    private static void addEdge(Map<String, Duration> now, Edges.Running running) {
        running.apiServer().ifPresent(pid -> now.put("API server", ProcessFigures.cpu(pid)));
        running.etcd().ifPresent(pid -> now.put("etcd", ProcessFigures.cpu(pid)));
        running.syncer().ifPresent(pid -> now.put("syncer", ProcessFigures.cpu(pid)));
    }
}
