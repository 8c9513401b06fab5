package io.edgemc.kube.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cases that are known to fail, each with one line of why: defects to be fixed. A line is {@code id | why}; the list
 * can only shrink, for a case on it that passes fails the run.
 */
record OpenCases(Map<String, String> reasons) {
    private static final Path FILE = Path.of("src/test/resources/open.txt");
    private static final String HEADING = """
            # Defects of spaces that are to be fixed: each case below answers otherwise than a Kubernetes API server does.
            # This is no list of exceptions. Differences that a space should have are declared in their case (`differs`).
            # A case on this list that passes fails the run: take its line out. A case that is not on it must pass.
            """;

    static OpenCases read() throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        if (Files.exists(FILE)) {
            for (String line : Files.readAllLines(FILE)) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] parts = line.split(" \\| ", 2);
                    reasons.put(parts[0], parts.length > 1 ? parts[1] : "");
                }
            }
        }
        return new OpenCases(reasons);
    }

    boolean contains(String id) {
        return reasons.containsKey(id);
    }

    /** Writes the list anew, with the first difference of each case as its reason. */
    static void write(Map<String, String> failing) throws IOException {
        StringBuilder text = new StringBuilder(HEADING);
        new TreeMap<>(failing)
                .forEach((id, why) -> text.append(id).append(" | ").append(why).append('\n'));
        Files.writeString(FILE, text);
    }
}
