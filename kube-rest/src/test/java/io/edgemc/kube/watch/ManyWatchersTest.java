package io.edgemc.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewSettings;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many clients of one view; {@code ./edge-mc bench kube} has more of them, on the real service. */
class ManyWatchersTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Actor ANN = new Actor("ann", Set.of(), "request", "");
    private static final int WATCHERS = 2_000;
    private static final int OBJECTS = 20_000;
    private static final int CHANGES = 50;
    /** Together more than the queue of a watcher takes. */
    private static final int PARTS = 23;

    /** Far below what a copy of the events, or of the list, would take for each. */
    private static final long BYTES_OF_ONE = 24 << 10;

    private final MemoryStore store = new MemoryStore();
    private final KubeView view =
            new KubeView(ViewSettings.of(store, new KindCatalog(BuiltInKinds.all(), List::of, true)));

    /** Counts lines instead of keeping them, and can be told to take no more. */
    private static final class Sink extends OutputStream {
        private final AtomicLong lines = new AtomicLong();
        private final CountDownLatch flows;

        Sink(CountDownLatch flows) {
            this.flows = flows;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                flows.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    lines.incrementAndGet();
                }
            }
        }

        long lines() {
            return lines.get();
        }
    }

    @Test
    void aWatchWhoseClientHasLeftEndsThoughNothingHappens() throws Exception {
        // Given
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
        KubeAnswer answer = ask("GET", MAPS + "?watch=1", "");
        KubeAnswer.Events events = (KubeAnswer.Events) answer.content();
        AtomicBoolean left = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var watch = threads.submit(() -> {
                events.writer().writeTo(new Sink(new CountDownLatch(0)), left::get);
                return null;
            });
            Eventually.holds(() -> assertThat(view.watchers()).isEqualTo(1));

            // When
            left.set(true);

            // Then
            watch.get(30, TimeUnit.SECONDS);
            assertThat(view.watchers()).isZero();
        }
    }

    @Test
    void twoThousandWatchersShareWhatTheyAreSentAndSlowOnesEndAlone() throws Exception {
        // Given
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
        for (int i = 0; i < OBJECTS; i++) {
            send("POST", MAPS, body("n" + i));
        }
        long position = store.position();
        CountDownLatch open = new CountDownLatch(0);
        CountDownLatch stuck = new CountDownLatch(1);
        List<Sink> readers = new ArrayList<>();
        List<Sink> slow = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long before = heldBytes();
            for (int i = 0; i < WATCHERS; i++) {
                readers.add(new Sink(open));
                watch(threads, readers.getLast(), "&resourceVersion=" + position);
            }
            for (int i = 0; i < 3; i++) {
                slow.add(new Sink(stuck));
                watch(threads, slow.getLast(), "&resourceVersion=" + position);
            }
            Eventually.holds(() -> assertThat(view.watchers()).isEqualTo(WATCHERS + 3));

            // When
            for (int i = 0; i < CHANGES; i++) {
                send("POST", MAPS, body("more-" + i));
            }

            // Then each saw all of it, and they hold little of their own
            Eventually.holds(() -> assertThat(linesOf(readers)).containsExactly((long) CHANGES));
            assertThat((heldBytes() - before) / WATCHERS).isLessThan(BYTES_OF_ONE);

            // When so much comes that those who do not read are full
            for (int part = 1; part <= PARTS; part++) {
                for (int i = 0; i < CHANGES; i++) {
                    send("POST", MAPS, body("flood-" + part + "-" + i));
                }
                // Faster than two processors can hand it to a thousand would make all of them slow.
                long all = (part + 1L) * CHANGES;
                Eventually.holds(() -> assertThat(linesOf(readers)).containsExactly(all));
            }

            // Then they end, and nobody else
            Eventually.holds(() -> assertThat(view.watchers()).isEqualTo(WATCHERS));
            assertThat(linesOf(slow)).containsExactly(0L);
        } finally {
            stuck.countDown();
            view.close();
            threads.shutdownNow();
        }
    }

    /** How many events they got: one number, if all got the same. */
    private static Set<Long> linesOf(List<Sink> sinks) {
        return sinks.stream().map(Sink::lines).collect(Collectors.toSet());
    }

    private void watch(ExecutorService threads, Sink sink, String more) {
        KubeAnswer answer = ask("GET", MAPS + "?watch=1" + more, "");
        assertThat(answer.status()).isEqualTo(200);
        KubeAnswer.Events events = (KubeAnswer.Events) answer.content();
        threads.submit(() -> {
            events.writer().writeTo(sink, () -> false);
            return null;
        });
    }

    private void send(String method, String path, String body) {
        assertThat(ask(method, path, body).status()).isEqualTo(201);
    }

    private KubeAnswer ask(String method, String path, String body) {
        int query = path.indexOf('?');
        Map<String, List<String>> parameters = query < 0
                ? Map.of()
                : Stream.of(path.substring(query + 1).split("&"))
                        .map(one -> one.split("="))
                        .collect(Collectors.toMap(one -> one[0], one -> List.of(one[1])));
        return view.handle(new KubeRequest(
                method,
                "",
                query < 0 ? path : path.substring(0, query),
                parameters,
                Map.of("content-type", "application/json"),
                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                ANN));
    }

    private static String body(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"" + "x".repeat(1_000) + "\"}}";
    }

    private static long heldBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
