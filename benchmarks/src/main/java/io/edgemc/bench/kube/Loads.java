package io.edgemc.bench.kube;

import io.edgemc.bench.hub.ParallelWrites;
import io.edgemc.bench.measure.ProcessFigures;
import io.edgemc.bench.measure.Samples;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One load after the other on one endpoint. */
final class Loads {
    static final int CALLERS = 64;
    private static final String MAPS = "/api/v1/namespaces/%s/configmaps";
    private static final Pattern CONTINUE = Pattern.compile("\"continue\":\"([^\"]+)\"");
    private static final String JSON = "application/json";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private final Endpoint endpoint;
    /** Keeps names of runs apart. */
    private final String run;

    Loads(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.run = endpoint.name();
    }

    /**
     * A rate, or a time.
     *
     * @param value to be compared
     * @param words for people
     */
    record Figure(double value, String words) {}

    void namespace(String name) {
        endpoint.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    Figure creates(String namespace, int callers, int count, int bytes) {
        String collection = MAPS.formatted(namespace);
        // Made before the clock runs: they cost the caller more than sending them.
        String[] bodies = new String[count];
        Arrays.setAll(bodies, i -> Objects.configMap(run + "-" + callers + "-" + i, bytes));
        return rate(callers, count, i -> endpoint.create(collection, bodies[i]));
    }

    /** @param changes whether each apply says something new */
    Figure applies(String namespace, int count, boolean changes) {
        AtomicLong version = new AtomicLong(1);
        return rate(CALLERS, count, i -> {
            String name = run + "-d" + i % CALLERS;
            int change = changes ? (int) version.incrementAndGet() : 1;
            endpoint.apply(
                    "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name, Objects.deployment(name, change));
        });
    }

    private static Figure rate(int callers, int count, IntConsumer work) {
        Samples each = new Samples();
        long self = ProcessHandle.current().pid();
        long cpu = ProcessFigures.cpu(self).toNanos();
        long began = System.nanoTime();
        ParallelWrites.run(callers, count, i -> {
            long sent = System.nanoTime();
            work.accept(i);
            each.addNanos(System.nanoTime() - sent);
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        double callerMillis = (ProcessFigures.cpu(self).toNanos() - cpu) / 1e6 / count;
        return new Figure(
                count / seconds,
                String.format(
                        Locale.ROOT,
                        "%.0f /s (p50 %.1f, p99 %.1f ms; caller %.2f ms of processor each)",
                        count / seconds,
                        each.millis(50),
                        each.millis(99),
                        callerMillis));
    }

    /** Objects of 3 to 50 KB. */
    void structured(String namespace, int count) {
        String collection = MAPS.formatted(namespace);
        ParallelWrites.run(
                16, count, i -> endpoint.create(collection, Objects.configMap("s" + i, 3_000 + i * 47 % 47_000)));
    }

    void pods(String namespace, int count) {
        String collection = "/api/v1/namespaces/" + namespace + "/pods";
        ParallelWrites.run(CALLERS, count, i -> endpoint.create(collection, Objects.pod("p" + i)));
    }

    Figure list(String namespace, int pageSize, int times) {
        return reading(MAPS.formatted(namespace), JSON, pageSize, times);
    }

    /** As {@code kubectl get pods -A} asks. */
    Figure podTables(int pageSize, int times) {
        return reading("/api/v1/pods", TABLE, pageSize, times);
    }

    private Figure reading(String path, String accept, int pageSize, int times) {
        Samples all = new Samples();
        long bytes = 0;
        long before = endpoint.residentBytes();
        try (PeakMemory memory = new PeakMemory(endpoint)) {
            for (int i = 0; i < times; i++) {
                long began = System.nanoTime();
                bytes = pages(path, accept, pageSize);
                all.addNanos(System.nanoTime() - began);
            }
            return new Figure(
                    all.millis(50),
                    String.format(
                            Locale.ROOT,
                            "%.0f ms (max %.0f; %.1f MB; memory %d → %d MB)",
                            all.millis(50),
                            all.millis(100),
                            bytes / 1e6,
                            before >> 20,
                            memory.peak() >> 20));
        }
    }

    private long pages(String path, String accept, int pageSize) {
        long bytes = 0;
        String next = "";
        do {
            String page = endpoint.read(
                    path + (pageSize == 0 ? "" : "?limit=" + pageSize) + (next.isEmpty() ? "" : "&continue=" + next),
                    accept);
            bytes += page.length();
            Matcher more = CONTINUE.matcher(page.substring(0, Math.min(page.length(), 2_000)));
            next = more.find() ? more.group(1) : tail(page);
        } while (!next.isEmpty());
        return bytes;
    }

    /** Where the list's metadata comes last. */
    private static String tail(String page) {
        String end = page.substring(Math.max(0, page.length() - 2_000));
        Matcher more = CONTINUE.matcher(end);
        return more.find() ? more.group(1) : "";
    }
}
