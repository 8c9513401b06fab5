package io.edgemc.kube.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Numbers against a schema: range of their format, multiples, bounds, in an API server's order. */
final class NumberChecks {
    private final JsonNode value;
    private final BigDecimal number;
    private final Schema schema;
    private final String path;
    private final List<FieldProblem> problems;

    private NumberChecks(JsonNode value, Schema schema, String path, List<FieldProblem> problems) {
        this.value = value;
        this.number = value.asDecimal();
        this.schema = schema;
        this.path = path;
        this.problems = problems;
    }

    /** Adds what is wrong with {@code value}, which is a number. */
    static void of(JsonNode value, Schema schema, String path, List<FieldProblem> problems) {
        NumberChecks checks = new NumberChecks(value, schema, path, problems);
        checks.sized();
        checks.multiple();
        checks.least();
        checks.most();
    }

    private void sized() {
        if (!schema.isCustom() || schema.shape() != Schema.Shape.INTEGER) {
            return;
        }
        String format = schema.keyword("format").asString("");
        int bits = format.equals("int32") ? Integer.SIZE : Long.SIZE;
        if (number.stripTrailingZeros().scale() > 0) {
            String named = format.isEmpty() ? "(default format)" : "with format " + format;
            invalid("<nil>", "\"\"", "Checked value must be of type integer " + named + " in " + path);
        } else if (number.toBigInteger().bitLength() >= bits) {
            invalid("<nil>", "\"\"", "Checked value must be of type integer with format int" + bits + " in " + path);
        }
    }

    private void multiple() {
        JsonNode keyword = schema.keyword("multipleOf");
        if (!keyword.isNumber() || keyword.asDecimal().signum() == 0) {
            return;
        }
        // For whole numbers, an API server takes the whole part of the factor.
        boolean whole = schema.isCustom() && value.isIntegralNumber();
        BigDecimal factor = whole ? keyword.asDecimal().setScale(0, RoundingMode.DOWN) : keyword.asDecimal();
        if (factor.signum() == 0) {
            invalid(path, "0", "factor MultipleOf declared for " + path + " must be positive: 0");
        } else if (number.remainder(factor).signum() != 0) {
            invalid(path, number.toPlainString(), path + " in body should be a multiple of " + plain(keyword));
        }
    }

    private void least() {
        JsonNode least = schema.keyword("minimum");
        if (!least.isNumber()) {
            return;
        }
        int compared = number.compareTo(least.asDecimal());
        boolean exclusive = schema.keyword("exclusiveMinimum").asBoolean(false);
        if (compared < 0 || exclusive && compared == 0) {
            String words = exclusive ? "" : "or equal to ";
            invalid(path, number.toPlainString(), path + " in body should be greater than " + words + plain(least));
        }
    }

    private void most() {
        JsonNode most = schema.keyword("maximum");
        if (!most.isNumber()) {
            return;
        }
        int compared = number.compareTo(most.asDecimal());
        boolean exclusive = schema.keyword("exclusiveMaximum").asBoolean(false);
        if (compared > 0 || exclusive && compared == 0) {
            String words = exclusive ? "" : "or equal to ";
            invalid(path, number.toPlainString(), path + " in body should be less than " + words + plain(most));
        }
    }

    /** A bound as servers write it, who do not remember that it was sent as {@code 1.0}. */
    private static String plain(JsonNode number) {
        BigDecimal value = number.asDecimal();
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private void invalid(String field, String shown, String detail) {
        problems.add(FieldProblem.invalid(field, shown, detail));
    }
}
