package io.edgemc.bench.hub;

import io.edgemc.cli.Workspace;
import io.edgemc.servers.kube.KubeBinaries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Sees ConfigMaps appear at an edge's API server through kubectl's watch, and when. */
public final class EdgeWatch implements AutoCloseable {
    private final Process kubectl;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    private EdgeWatch(Process kubectl) {
        this.kubectl = kubectl;
        Thread.ofPlatform().daemon().name("edge-watch").start(this::read);
    }

    /** Watches a namespace that need not exist yet. */
    public static EdgeWatch configMaps(BenchHub hub, String edge, String namespace) {
        return configMaps(hub.workspace(), edge, namespace);
    }

    /** As above, for a hub that the benchmark started itself. */
    public static EdgeWatch configMaps(Workspace workspace, String edge, String namespace) {
        Path kubectl = KubeBinaries.find().kubectl();
        try {
            return new EdgeWatch(new ProcessBuilder(
                            kubectl.toString(),
                            "--kubeconfig",
                            workspace.hub().kubeconfig().toString(),
                            "--context",
                            edge,
                            "get",
                            "configmaps",
                            "--namespace",
                            namespace,
                            "--watch",
                            "--output-watch-events",
                            "--no-headers")
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException("kubectl does not start", e);
        }
    }

    /** When the object was first seen ({@link System#nanoTime()}); throws if it is not within the limit. */
    public long await(String name, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Long at = seen.get(name);
        while (at == null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not at the edge after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(200_000);
            at = seen.get(name);
        }
        return at;
    }

    public int count() {
        return seen.size();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(kubectl.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // EVENT NAME DATA AGE
                String[] columns = line.split("\\s+");
                if (columns.length > 1) {
                    seen.putIfAbsent(columns[1], System.nanoTime());
                }
            }
        } catch (IOException e) {
            if (kubectl.isAlive()) {
                throw new IllegalStateException("the watch broke", e);
            }
        }
    }

    @Override
    public void close() {
        kubectl.destroy();
    }
}
