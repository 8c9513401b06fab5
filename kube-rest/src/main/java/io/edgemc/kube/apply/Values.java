package io.edgemc.kube.apply;

import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by what they are, not by how they are written. */
final class Values {
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.isNumber() && right.isNumber()) {
            return compareNumbers(left, right);
        }
        return left.equals(right) ? 0 : 1;
    };

    private Values() {}

    static boolean same(JsonNode left, JsonNode right) {
        return left.equals(BY_VALUE, right);
    }

    static boolean same(List<JsonNode> left, List<JsonNode> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    static int compareNumbers(JsonNode left, JsonNode right) {
        if (left.canConvertToLong()
                && right.canConvertToLong()
                && left.isIntegralNumber()
                && right.isIntegralNumber()) {
            return Long.compare(left.longValue(), right.longValue());
        }
        return Double.compare(left.doubleValue(), right.doubleValue());
    }
}
