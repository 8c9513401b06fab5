package io.edgemc.placement.resolve.jsonpath;

import io.edgemc.placement.resolve.jsonpath.Filter.Operand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Recursive descent over the grammar of {@link JsonPath}. */
final class PathParser {
    private static final int MAX_STEPS = 64;
    private static final int MAX_FILTER_DEPTH = 16;
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final PathScanner in;
    private int filterDepth;

    PathParser(String text) throws JsonPathException {
        this.in = new PathScanner(text);
    }

    List<Step> parse() throws JsonPathException {
        in.expect("$");
        List<Step> steps = new ArrayList<>();
        while (!in.done()) {
            step(steps);
            if (steps.size() > MAX_STEPS) {
                throw in.error("more than " + MAX_STEPS + " steps");
            }
        }
        return steps;
    }

    private void step(List<Step> steps) throws JsonPathException {
        if (in.take("..")) {
            steps.add(new Step.Descend());
            if (in.peek() == '[') {
                in.expect("[");
                steps.add(bracket());
            } else {
                steps.add(dotted());
            }
        } else if (in.take(".")) {
            steps.add(dotted());
        } else {
            in.expect("[");
            steps.add(bracket());
        }
    }

    private Step dotted() throws JsonPathException {
        return in.take("*") ? new Step.Every() : new Step.Names(List.of(in.name()));
    }

    private Step bracket() throws JsonPathException {
        in.blanks();
        Step step;
        if (in.take("*")) {
            step = new Step.Every();
        } else if (in.take("?(")) {
            step = new Step.Where(or());
            in.blanks();
            in.expect(")");
        } else if (quote()) {
            step = names();
        } else {
            step = numbers();
        }
        in.blanks();
        in.expect("]");
        return step;
    }

    private Step names() throws JsonPathException {
        List<String> names = new ArrayList<>();
        do {
            in.blanks();
            if (!quote()) {
                throw in.error("expected a quoted name");
            }
            names.add(in.quoted());
            in.blanks();
        } while (in.take(","));
        return new Step.Names(List.copyOf(names));
    }

    private Step numbers() throws JsonPathException {
        Integer first = in.integer();
        in.blanks();
        if (in.take(":")) {
            return slice(first);
        }
        if (first == null) {
            throw in.error("expected a quoted name, a number, a slice, * or ?(");
        }
        List<Integer> indexes = new ArrayList<>();
        indexes.add(first);
        while (in.take(",")) {
            in.blanks();
            Integer next = in.integer();
            if (next == null) {
                throw in.error("expected a number");
            }
            indexes.add(next);
            in.blanks();
        }
        return new Step.Indexes(List.copyOf(indexes));
    }

    private Step slice(@Nullable Integer from) throws JsonPathException {
        in.blanks();
        Integer to = in.integer();
        in.blanks();
        Integer step = null;
        if (in.take(":")) {
            in.blanks();
            step = in.integer();
        }
        if (step != null && step <= 0) {
            throw in.error("the step of a slice must be positive");
        }
        return new Step.Slice(from, to, step == null ? 1 : step);
    }

    private Filter or() throws JsonPathException {
        if (++filterDepth > MAX_FILTER_DEPTH) {
            throw in.error("the filter is nested too deep");
        }
        Filter filter = and();
        while (operator("||")) {
            filter = new Filter.Or(filter, and());
        }
        filterDepth--;
        return filter;
    }

    private Filter and() throws JsonPathException {
        Filter filter = unary();
        while (operator("&&")) {
            filter = new Filter.And(filter, unary());
        }
        return filter;
    }

    private Filter unary() throws JsonPathException {
        in.blanks();
        if (in.take("!")) {
            in.blanks();
            if (in.take("(")) {
                return new Filter.Not(closed(or()));
            }
            return new Filter.Not(comparison());
        }
        return in.take("(") ? closed(or()) : comparison();
    }

    private Filter closed(Filter inner) throws JsonPathException {
        in.blanks();
        in.expect(")");
        return inner;
    }

    private Filter comparison() throws JsonPathException {
        Operand left = operand();
        in.blanks();
        for (String operator : OPERATORS) {
            if (in.take(operator)) {
                return new Filter.Compare(left, operator, operand());
            }
        }
        if (left instanceof Operand.Relative path) {
            return new Filter.Exists(path);
        }
        throw in.error("expected a comparison");
    }

    private Operand operand() throws JsonPathException {
        in.blanks();
        if (in.take("@")) {
            return relative();
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (quote()) {
            return new Operand.Literal(json.stringNode(in.quoted()));
        }
        String word = in.word();
        switch (word) {
            case "true", "false" -> {
                return new Operand.Literal(json.booleanNode(word.equals("true")));
            }
            case "null" -> {
                return new Operand.Literal(json.nullNode());
            }
            default -> {
                BigDecimal number = Filter.number(word);
                if (number == null) {
                    throw in.error("expected @, a quoted string, a number, true, false or null");
                }
                return new Operand.Literal(json.numberNode(number));
            }
        }
    }

    private Operand relative() throws JsonPathException {
        List<Step> steps = new ArrayList<>();
        while (true) {
            Step step;
            if (in.take(".")) {
                step = dotted();
            } else if (in.take("[")) {
                step = bracket();
            } else {
                return new Operand.Relative(List.copyOf(steps));
            }
            if (!step.definite()) {
                throw in.error("a path in a filter leads to one place only");
            }
            steps.add(step);
        }
    }

    private boolean operator(String token) {
        in.blanks();
        return in.take(token);
    }

    private boolean quote() {
        return in.peek() == '\'' || in.peek() == '"';
    }
}
