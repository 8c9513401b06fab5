package io.edgemc.kube.clients;

import static org.junit.jupiter.api.Assertions.fail;

import io.edgemc.kube.conformance.Comparison;
import io.edgemc.kube.conformance.Comparison.Difference;
import io.edgemc.kube.conformance.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What may differ between both sides, and what is said if more does. */
final class Differences {
    private static final Path REPORTS = Path.of("target/differences");

    private static final Map<String, String> OPEN = open();

    private Differences() {}

    /**
     * Fails if the sides differ otherwise than declared, and if they do not differ although it is declared. What is on the
     * list of open defects counts as skipped, and fails if it does not differ any more. The report is written to {@code
     * target/differences}.
     *
     * @param declared null if both must be the same
     */
    static void check(String id, @Nullable Declared declared, List<Outcome> reference, List<Outcome> space)
            throws IOException {
        List<Difference> all = Comparison.of(reference, space, List.of());
        if (declared != null && all.isEmpty()) {
            fail("does not differ any more, although it should: " + declared.reason());
        }
        List<Difference> rest = declared == null ? all : Comparison.of(reference, space, declared.lines());
        boolean open = OPEN.containsKey(id);
        if (rest.isEmpty()) {
            if (open) {
                fail("passes now: take its line out of clients/open.txt");
            }
            return;
        }
        String report = Comparison.report(rest);
        Path file = REPORTS.resolve(id.replaceAll("[^-\\w/]+", "-") + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        if (open) {
            throw new TestAbortedException("open: " + OPEN.get(id));
        }
        fail(report);
    }

    /** Defects by the ids of their scenarios. */
    private static Map<String, String> open() {
        try (InputStream file = Objects.requireNonNull(Differences.class.getResourceAsStream("/clients/open.txt"))) {
            Map<String, String> reasons = new LinkedHashMap<>();
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", 2);
                    reasons.put(parts[0], parts[1]);
                }
            }
            return reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
