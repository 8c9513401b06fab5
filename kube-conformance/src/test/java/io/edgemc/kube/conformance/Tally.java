package io.edgemc.kube.conformance;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many cases of each area ended how. Thread-safe. */
final class Tally {
    /** How a case ended. */
    enum Result {
        /** Both sides did the same. */
        PASSED,
        /** They differ as the case says that they should. */
        DECLARED,
        /** They differ, and the list of open defects has it. */
        OPEN,
        /** They differ, or the case says something that is not so any more. */
        FAILED
    }

    private final Map<String, Map<Result, Integer>> areas = new TreeMap<>();

    synchronized void count(String area, Result result) {
        areas.computeIfAbsent(area, a -> new EnumMap<>(Result.class)).merge(result, 1, Integer::sum);
    }

    /** A table with a sum at its end. {@code skipped} cases were not asked for. */
    synchronized String text(int skipped) {
        StringBuilder text =
                new StringBuilder("%-18s %8s %8s %8s %8s%n".formatted("area", "passed", "declared", "open", "failed"));
        Map<Result, Integer> sum = new EnumMap<>(Result.class);
        areas.forEach((area, results) -> {
            row(text, area, results);
            results.forEach((result, count) -> sum.merge(result, count, Integer::sum));
        });
        row(text, "all", sum);
        return text.append("skipped: ").append(skipped).append('\n').toString();
    }

    private static void row(StringBuilder text, String name, Map<Result, Integer> results) {
        text.append("%-18s".formatted(name));
        for (Result result : Result.values()) {
            text.append(" %8d".formatted(results.getOrDefault(result, 0)));
        }
        text.append('\n');
    }
}
