package io.edgemc.kube.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgemc.kube.testing.Eventually;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several managers change one object by all kinds of writes, at random: a space and the reference answer, store and keep the
 * books of owners alike, after each step. {@code -Dseed=} makes another run (the
 * same seed the same), {@code -Dmanagers.sequences=} a longer one.
 */
@RequiresLocalEdge
class ManagersTest {
    private static final long SEED = Long.getLong("seed", 1);
    private static final int SEQUENCES = Integer.getInteger("managers.sequences", 10);
    private static final boolean SHRINK = !"false".equals(System.getProperty("managers.shrink"));
    private static final int STEPS = 8;
    private static final int AT_ONCE = 40;

    /** One of so many sequences may end so. */
    private static final int MOST_UNANSWERED = 50;

    private static final AtomicInteger UNANSWERED = new AtomicInteger();
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static Reference reference;
    private static Space space;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        reference = Reference.start(folder);
        space = Space.start(folder);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        for (Side side : List.of(reference, space)) {
            post(side, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + Managed.NAMESPACE + "\"}}");
        }
    }

    @AfterAll
    static void stop() {
        try (Reference endedLast = reference;
                Space endedFirst = space) {
            threads.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"configmap", "service", "deployment", "widget"})
    void managersShareAnObjectAsOnTheReference(String name) throws Exception {
        Managed kind = Managed.read(name);
        served(kind);
        List<Long> seeds =
                Stream.iterate(SEED, seed -> seed + 1).limit(SEQUENCES).toList();
        System.out.println(name + ": " + SEQUENCES + " sequences of " + STEPS + " steps from seed " + SEED);

        List<String> differences = new ArrayList<>();
        for (int begin = 0; begin < seeds.size(); begin += AT_ONCE) {
            List<Long> some = seeds.subList(begin, Math.min(begin + AT_ONCE, seeds.size()));
            List<List<Act>> sequences = some.stream()
                    .map(seed -> new Acts(kind, seed).sequence(STEPS))
                    .toList();
            List<String> found = together(kind, sequences);
            for (int i = 0; i < found.size(); i++) {
                if (!found.get(i).isEmpty()) {
                    differences.add("seed " + some.get(i) + "\n" + found.get(i));
                    if (differences.size() == 1) {
                        differences.set(0, differences.getFirst() + "\nsmallest:\n" + shrunk(kind, sequences.get(i)));
                    }
                }
            }
        }

        int unanswered = UNANSWERED.getAndSet(0);
        if (unanswered > 0) {
            System.out.println(name + ": " + unanswered + " sequences ended early, the reference gave no answer");
        }
        assertThat(unanswered).as("sequences that tell nothing").isLessThanOrEqualTo(1 + SEQUENCES / MOST_UNANSWERED);
        if (!differences.isEmpty()) {
            fail(differences.size() + " of " + SEQUENCES + " sequences differ\n"
                    + String.join("\n\n", differences.subList(0, Math.min(5, differences.size()))));
        }
    }

    /** Leaves out steps and settings as long as the rest still differs; tells the smallest. */
    private static String shrunk(Managed kind, List<Act> sequence) throws Exception {
        if (!SHRINK) {
            return "";
        }
        List<Act> smallest = sequence;
        while (true) {
            List<List<Act>> smaller = smaller(smallest);
            List<String> found = together(kind, smaller);
            int first = -1;
            for (int i = found.size() - 1; i >= 0; i--) {
                first = found.get(i).isEmpty() ? first : i;
            }
            if (first < 0) {
                return together(kind, List.of(smallest)).getFirst();
            }
            smallest = smaller.get(first);
        }
    }

    private static List<List<Act>> smaller(List<Act> sequence) {
        List<List<Act>> all = new ArrayList<>();
        for (int i = sequence.size() - 1; i >= 0; i--) {
            List<Act> fewer = new ArrayList<>(sequence);
            fewer.remove(i);
            if (!fewer.isEmpty()) {
                all.add(fewer);
            }
        }
        for (int i = 0; i < sequence.size(); i++) {
            List<Setting> settings = sequence.get(i).settings();
            for (int j = 0; j < settings.size(); j++) {
                List<Setting> rest = new ArrayList<>(settings);
                rest.remove(j);
                List<Act> fewer = new ArrayList<>(sequence);
                fewer.set(i, sequence.get(i).with(rest));
                all.add(fewer);
            }
        }
        return all;
    }

    /** Each sequence on an object of its own, all at once; what differs of each, empty for nothing. */
    private static List<String> together(Managed kind, List<List<Act>> sequences) throws Exception {
        List<Callable<String>> runs = sequences.stream()
                .map(sequence -> (Callable<String>) () -> difference(kind, sequence))
                .toList();
        List<String> found = new ArrayList<>();
        for (Future<String> one : threads.invokeAll(runs)) {
            found.add(one.get());
        }
        return found;
    }

    private static String difference(Managed kind, List<Act> sequence) {
        String name = "object-" + NAMES.incrementAndGet();
        ManagersRun expected = new ManagersRun(reference, kind, name);
        ManagersRun actual = new ManagersRun(space, kind, name);
        StringBuilder told = new StringBuilder();
        for (Act act : sequence) {
            Seconds.awaitNext();
            told.append("  ").append(act).append('\n');
            String wanted;
            try {
                wanted = expected.step(act);
            } catch (Side.NoAnswer e) {
                // An API server gives up on some Services that were created by way of their status: there is nothing to
                // compare.
                UNANSWERED.incrementAndGet();
                return "";
            }
            String got = actual.step(act);
            if (!wanted.equals(got)) {
                return told + TextDifference.of(wanted, got);
            }
        }
        return "";
    }

    private static void served(Managed kind) throws Exception {
        if (kind.builtIn()) {
            return;
        }
        for (Side side : List.of(reference, space)) {
            post(
                    side,
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                    kind.crd().toString());
            for (String path : List.of(kind.path(), kind.otherPath())) {
                Eventually.holds(() -> {
                    if (side.send("GET", path, Map.of(), "").statusCode() != 200) {
                        throw new AssertionError(path + " is not served");
                    }
                });
            }
        }
    }

    private static void post(Side side, String path, String body) {
        var answer = side.send("POST", path, Map.of("Content-Type", "application/json"), body);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(side.name() + ": " + new String(answer.body()));
        }
    }
}
