package io.edgemc.kube.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import io.edgemc.kube.conformance.Comparison.Difference;
import io.edgemc.kube.conformance.Tally.Result;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.TestAbortedException;

/** Each case against a space and against the reference: both must do the same. */
@RequiresLocalEdge
class ConformanceTest {
    private static final Path REPORTS = Path.of("target/differences");
    private static final String ONLY = System.getProperty("conformance.only", "");
    private static final boolean WRITE = Boolean.getBoolean("conformance.write");

    @TempDir
    static Path folder;

    private static final Tally TALLY = new Tally();
    private static final Map<String, String> FAILING = new ConcurrentHashMap<>();
    private static OpenCases open;
    private static List<Case> cases;
    private static List<Case> chosen;
    private static Reference reference;
    private static Space space;
    private static long began;

    @BeforeAll
    static void start() throws Exception {
        began = System.nanoTime();
        if (WRITE && !ONLY.isEmpty()) {
            throw new IllegalArgumentException("the list of open cases can only be written by a run of all cases");
        }
        open = OpenCases.read();
        cases = CaseFiles.all();
        chosen = cases.stream()
                .filter(one -> ONLY.isEmpty() || one.id().matches(".*(?:" + ONLY + ").*"))
                .toList();
        reference = Reference.start(folder);
        space = Space.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        try (Reference endedLast = reference;
                Space endedFirst = space) {
            System.out.println("\nConformance of spaces, in " + (System.nanoTime() - began) / 1_000_000_000L + " s\n"
                    + TALLY.text(cases.size() - chosen.size()));
            if (WRITE) {
                OpenCases.write(FAILING);
            }
        }
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> bothDoTheSame() {
        return chosen.stream().map(one -> DynamicTest.dynamicTest(one.id(), () -> check(one)));
    }

    /** A line for a case that is not there hides nothing and helps nobody. */
    @TestFactory
    Stream<DynamicTest> openDefectsHaveACase() {
        return open.reasons().keySet().stream()
                .map(id -> DynamicTest.dynamicTest(id, () -> {
                    if (!WRITE && cases.stream().noneMatch(one -> one.id().equals(id))) {
                        fail("open.txt has a line for a case that does not exist");
                    }
                }));
    }

    private static void check(Case subject) throws IOException {
        Path own = folder.resolve(subject.namespace());
        List<Outcome> expected = new CaseRun(subject, reference, own.resolve("reference")).outcomes();
        List<Outcome> actual;
        try {
            actual = new CaseRun(subject, space, own.resolve("space")).outcomes();
        } catch (RuntimeException e) {
            // A space that refuses what is given.
            settle(subject, List.of(new Difference("given", "object", "taken", String.valueOf(e.getMessage()))));
            return;
        }
        Case.Differs differs = subject.differs();
        List<Difference> all = Comparison.of(expected, actual, List.of());
        if (differs == null) {
            settle(subject, all);
        } else if (all.isEmpty() && differs.names().isEmpty()) {
            TALLY.count(subject.area(), Result.FAILED);
            fail("does not differ any more, although it should: " + differs.reason());
        } else {
            List<Difference> rest = new ArrayList<>(Comparison.missing(actual, differs.space()));
            if (!differs.wholly()) {
                rest.addAll(Comparison.of(expected, actual, differs.lines()));
            }
            if (rest.isEmpty()) {
                closed(subject, Result.DECLARED);
            } else {
                settle(subject, rest);
            }
        }
    }

    private static void settle(Case subject, List<Difference> differences) throws IOException {
        if (differences.isEmpty()) {
            closed(subject, Result.PASSED);
            return;
        }
        String why = differences.getFirst().brief();
        String report = Comparison.report(differences);
        FAILING.put(subject.id(), why.length() > 200 ? why.substring(0, 200) + " ..." : why);
        Path file = REPORTS.resolve(subject.id().replaceAll("[^-\\w/]+", "-") + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        if (open.contains(subject.id()) || WRITE) {
            TALLY.count(subject.area(), Result.OPEN);
            throw new TestAbortedException("open: " + why);
        }
        TALLY.count(subject.area(), Result.FAILED);
        fail(report);
    }

    private static void closed(Case subject, Result result) {
        if (open.contains(subject.id()) && !WRITE) {
            TALLY.count(subject.area(), Result.FAILED);
            fail("passes now: take its line out of open.txt");
        }
        TALLY.count(subject.area(), result);
    }
}
