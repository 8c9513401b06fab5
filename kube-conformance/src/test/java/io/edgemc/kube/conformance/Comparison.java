package io.edgemc.kube.conformance;

import io.edgemc.kube.conformance.Outcome.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What differs between the two sides' outcomes. */
public final class Comparison {
    /** A part of a step's outcome that is not the same. */
    public record Difference(String step, String part, String reference, String space) {
        /** The first lines that differ, in one line. */
        public String brief() {
            List<String> one = reference.lines().toList();
            List<String> other = space.lines().toList();
            int i = 0;
            while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
                i++;
            }
            return part + ": reference " + line(one, i) + ", space " + line(other, i);
        }

        private static String line(List<String> lines, int i) {
            return i < lines.size() ? "'" + lines.get(i).strip() + "'" : "has no more";
        }
    }

    private Comparison() {}

    /**
     * All differences, in the order of the steps.
     *
     * @param exempt lines that are left out before comparing
     */
    public static List<Difference> of(List<Outcome> reference, List<Outcome> space, List<String> exempt) {
        List<Pattern> patterns = exempt.stream().map(Pattern::compile).toList();
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < reference.size(); i++) {
            Outcome expected = reference.get(i);
            Outcome actual = space.get(i);
            for (int j = 0; j < expected.parts().size(); j++) {
                Part one = expected.parts().get(j);
                Part other = actual.parts().get(j);
                String left = without(one.text(), patterns);
                String right = without(other.text(), patterns);
                if (!left.equals(right)) {
                    differences.add(new Difference(expected.step(), one.name(), left, right));
                }
            }
        }
        return differences;
    }

    /** Patterns that are nowhere in what a side showed. */
    static List<Difference> missing(List<Outcome> outcomes, List<String> patterns) {
        return patterns.stream()
                .filter(pattern -> outcomes.stream()
                        .flatMap(outcome -> outcome.parts().stream())
                        .noneMatch(part -> Pattern.compile(pattern, Pattern.MULTILINE)
                                .matcher(part.text())
                                .find()))
                .map(pattern -> new Difference("declared", "expected of the space", "", "nowhere: " + pattern))
                .toList();
    }

    private static String without(String text, List<Pattern> patterns) {
        if (patterns.isEmpty()) {
            return text;
        }
        StringBuilder made = new StringBuilder();
        text.lines()
                .filter(line -> patterns.stream().noneMatch(p -> p.matcher(line).find()))
                .forEach(line -> made.append(line).append('\n'));
        return made.toString();
    }

    /** For people: each difference with both sides below each other. */
    public static String report(List<Difference> differences) {
        StringBuilder text = new StringBuilder();
        for (Difference difference : differences) {
            text.append("## ")
                    .append(difference.step())
                    .append("\n# ")
                    .append(difference.brief())
                    .append("\n--- ")
                    .append(difference.part())
                    .append(" of the reference\n")
                    .append(difference.reference())
                    .append("\n+++ ")
                    .append(difference.part())
                    .append(" of the space\n")
                    .append(difference.space())
                    .append('\n');
        }
        return text.toString();
    }
}
