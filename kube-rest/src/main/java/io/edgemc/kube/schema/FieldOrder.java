package io.edgemc.kube.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts problems of built-in kinds by where their fields stand in the Go structs: API servers check in about that order,
 * and clients print what they are told in the order in which they are told.
 */
public final class FieldOrder {
    private record Placed(List<Integer> place, FieldProblem problem) {}

    private FieldOrder() {}

    /** The same problems; those of one field, or of unknown ones, in the order in which they were found. */
    public static List<FieldProblem> sorted(List<FieldProblem> problems, Schema schema) {
        if (problems.size() < 2) {
            return problems;
        }
        return problems.stream()
                .map(problem -> new Placed(place(problem.field(), schema), problem))
                .sorted(Comparator.comparing(Placed::place, FieldOrder::compare))
                .map(Placed::problem)
                .toList();
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int difference = Integer.compare(left.get(i), right.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        // What is said of a whole follows what is said of its parts.
        return Integer.compare(right.size(), left.size());
    }

    private static List<Integer> place(String path, Schema schema) {
        List<Integer> place = new ArrayList<>();
        Schema at = schema;
        for (String part : path.split("\\.")) {
            int bracket = part.indexOf('[');
            String name = bracket < 0 ? part : part.substring(0, bracket);
            GoFields go = at.go();
            if (go == null) {
                break;
            }
            place.add(go.position(name));
            at = at.member(name);
            if (bracket > 0) {
                place.add(index(part.substring(bracket + 1)));
                at = at.element();
            }
        }
        return place;
    }

    private static int index(String text) {
        String digits = text.endsWith("]") ? text.substring(0, text.length() - 1) : text;
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }
}
