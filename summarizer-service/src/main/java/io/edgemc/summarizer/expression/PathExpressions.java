package io.edgemc.summarizer.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The language of the built-in definitions: paths and alternatives, no more.
 *
 * <ul>
 *   <li>{@code item.policy}, {@code cluster.labels['env']}, {@code item.resources[0].namespace}: a path; absent members,
 *       JSON null and the empty text have no value;
 *   <li>{@code 'none'}: a literal;
 *   <li>{@code item.result == 'fail'}: the value of the path if it is that text, else no value (so that COUNT counts it);
 *   <li>{@code a ?? b ?? 'c'}: the first that has a value.
 * </ul>
 */
public final class PathExpressions implements ExpressionCompiler {
    private static final int MAX_LENGTH = 1_000;
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");
    private static final Pattern COMPARISON = Pattern.compile("(.+?)\\s*==\\s*'([^']*)'");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z]+");
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^']+)'\\]|\\[([0-9]{1,6})\\]");

    @Override
    public Expression compile(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidExpressionException("an expression has at most " + MAX_LENGTH + " characters");
        }
        List<Expression> alternatives = new ArrayList<>();
        for (String term : text.split("\\?\\?", -1)) {
            alternatives.add(term(term.strip()));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new FirstOf(List.copyOf(alternatives));
    }

    private static Expression term(String term) {
        Matcher literal = LITERAL.matcher(term);
        if (literal.matches()) {
            JsonNode value = StringNode.valueOf(literal.group(1));
            return row -> value;
        }
        Matcher comparison = COMPARISON.matcher(term);
        if (comparison.matches()) {
            return new OnlyIf(path(comparison.group(1)), comparison.group(2));
        }
        return path(term);
    }

    private static Path path(String text) {
        Matcher variable = VARIABLE.matcher(text);
        if (!variable.lookingAt() || !Bindings.NAMES.contains(variable.group())) {
            throw new InvalidExpressionException("'" + text + "' does not begin with one of " + Bindings.NAMES);
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = variable.end();
        while (at < text.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new InvalidExpressionException("'" + text + "' is not a path, at character " + (at + 1));
            }
            String member = step.group(1) != null ? step.group(1) : step.group(2);
            steps.add(member != null ? new Member(member) : new Element(Integer.parseInt(step.group(3))));
            at = step.end();
        }
        return new Path(variable.group(), List.copyOf(steps));
    }

    private sealed interface Step {
        @Nullable
        JsonNode of(JsonNode value);
    }

    private record Member(String name) implements Step {
        @Override
        public @Nullable JsonNode of(JsonNode value) {
            return value.get(name);
        }
    }

    private record Element(int index) implements Step {
        @Override
        public @Nullable JsonNode of(JsonNode value) {
            return value.get(index);
        }
    }

    private record Path(String variable, List<Step> steps) implements Expression {
        @Override
        public @Nullable JsonNode evaluate(Bindings row) {
            JsonNode value = row.get(variable);
            for (Step step : steps) {
                if (value == null) {
                    return null;
                }
                value = step.of(value);
            }
            return value == null
                            || value.isNull()
                            || value.isString() && value.stringValue().isEmpty()
                    ? null
                    : value;
        }
    }

    private record OnlyIf(Path path, String wanted) implements Expression {
        @Override
        public @Nullable JsonNode evaluate(Bindings row) {
            JsonNode value = path.evaluate(row);
            return value != null && value.isString() && value.stringValue().equals(wanted) ? value : null;
        }
    }

    private record FirstOf(List<Expression> alternatives) implements Expression {
        @Override
        public @Nullable JsonNode evaluate(Bindings row) {
            for (Expression alternative : alternatives) {
                JsonNode value = alternative.evaluate(row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }
}
