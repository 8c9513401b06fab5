package io.edgemc.bench.kube;

import io.edgemc.bench.kube.Loads.Figure;
import io.edgemc.bench.measure.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many watchers of one collection: from the sending of a write until each has the event. */
final class FanOut {
    private static final Pattern SENT = Pattern.compile("\"sent\":\"(\\d+)\"");
    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
    private static final long BETWEEN_NANOS = 250_000_000;
    private static final long CLOSED_NANOS = 8_000_000_000L;
    private static final int OPENERS = 32;
    private static final int FIRST = 8;
    private static final int PATIENCE_SECONDS = 60;

    private final Endpoint endpoint;

    FanOut(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Writes {@code count} objects, four a second. */
    Figure run(String namespace, int watchers, int count) {
        String collection = "/api/v1/namespaces/" + namespace + "/configmaps";
        Matcher version = VERSION.matcher(endpoint.read(collection + "?limit=1", "application/json"));
        String position = version.find() ? version.group(1) : "0";
        String path = collection + "?watch=1&timeoutSeconds=600&resourceVersion=" + position;
        Samples latency = new Samples();
        AtomicLong events = new AtomicLong();
        long before = endpoint.residentBytes();
        List<InputStream> streams = new ArrayList<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            try (ExecutorService openers = Executors.newFixedThreadPool(OPENERS)) {
                for (int i = 0; i < watchers; i++) {
                    openers.submit(() -> {
                        try {
                            InputStream stream = endpoint.watch(path);
                            synchronized (streams) {
                                streams.add(stream);
                            }
                            readers.submit(() -> read(stream, latency, events));
                        } catch (RuntimeException e) {
                            refused.set(e);
                        }
                    });
                }
            }
            if (streams.size() != watchers) {
                throw new IllegalStateException(
                        streams.size() + " of " + watchers + " watches were opened", refused.get());
            }
            for (int i = 0; i < FIRST; i++) {
                // Without a time, so it does not count: the openings' work ends, and the way of an event is gone once.
                endpoint.create(collection, Objects.configMap("first" + watchers + "-" + i, 200));
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            long memory = endpoint.residentBytes();
            for (int i = 0; i < count; i++) {
                endpoint.create(collection, Objects.sent("f" + watchers + "-" + i));
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            long all = (long) watchers * count;
            long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
            while (events.get() < all && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_NANOS / 10);
            }
            streams.forEach(FanOut::close);
            // Until the servers have seen it: they count watches per user.
            LockSupport.parkNanos(CLOSED_NANOS);
            return new Figure(
                    latency.millis(99),
                    String.format(
                            Locale.ROOT,
                            "p50 %.0f, p99 %.0f, max %.0f ms (%d of %d events; memory %d → %d MB)",
                            latency.millis(50),
                            latency.millis(99),
                            latency.millis(100),
                            events.get(),
                            all,
                            before >> 20,
                            memory >> 20));
        }
    }

    private static void read(InputStream stream, Samples latency, AtomicLong events) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 2048)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher sent = SENT.matcher(line);
                if (sent.find()) {
                    latency.addNanos(System.nanoTime() - Long.parseLong(sent.group(1)));
                    events.incrementAndGet();
                }
            }
        } catch (IOException closed) {
            // The end of the run.
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It is over either way.
        }
    }
}
