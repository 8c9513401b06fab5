package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A parsed {@code labelSelector} parameter. */
public final class LabelSelector {
    /** Matches everything. */
    public static final LabelSelector ALL = new LabelSelector(List.of());

    private enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        MISSING,
        ABOVE,
        BELOW
    }

    private record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case MISSING -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case ABOVE -> compared(value) > 0;
                case BELOW -> compared(value) < 0;
            };
        }

        private int compared(@org.jspecify.annotations.Nullable String value) {
            if (value == null) {
                return 0;
            }
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException e) {
                return 0; // as Kubernetes: what is no number matches neither
            }
        }
    }

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** Throws 400 if it does not parse. */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? ALL : new LabelSelector(new Parser(text).all());
    }

    public boolean isAll() {
        return requirements.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Requirement> all() {
            List<Requirement> found = new ArrayList<>();
            do {
                found.add(requirement());
            } while (taken(","));
            if (!rest().isEmpty()) {
                throw ApiError.badRequest("found '" + found() + "', expected: ',' or 'end of string'");
            }
            return found;
        }

        private Requirement requirement() {
            if (taken("!")) {
                return new Requirement(key(), Operator.MISSING, Set.of());
            }
            String key = key();
            String rest = rest();
            if (rest.isEmpty() || rest.startsWith(",")) {
                return new Requirement(key, Operator.EXISTS, Set.of());
            }
            if (taken("!=")) {
                return new Requirement(key, Operator.NOT_IN, Set.of(value(key)));
            }
            if (taken("==") || taken("=")) {
                return new Requirement(key, Operator.IN, Set.of(value(key)));
            }
            if (taken(">")) {
                return new Requirement(key, Operator.ABOVE, Set.of(number(key)));
            }
            if (taken("<")) {
                return new Requirement(key, Operator.BELOW, Set.of(number(key)));
            }
            String operator = word();
            return switch (operator) {
                case "in" -> new Requirement(key, Operator.IN, values(key));
                case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
                default -> throw refused("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
            };
        }

        private String key() {
            String key = word();
            if (key.isEmpty()) {
                throw ApiError.badRequest("found '" + found() + "', expected: !, identifier, or 'end of string'");
            }
            if (!Names.isLabelKey(key)) {
                throw refused("<nil>: Invalid value: \"" + key + "\": " + Names.whyNoLabelKey(key));
            }
            return key;
        }

        private String value(String key) {
            String value = word();
            if (value.isEmpty() && !rest().isEmpty() && "=!<>(".indexOf(rest().charAt(0)) >= 0) {
                throw refused("found '" + found() + "', expected: identifier");
            }
            if (!Names.isLabelValue(value)) {
                String rule = value.length() > 63 ? "must be no more than 63 bytes" : Names.VALUE_RULE;
                throw refused("values[0][" + key + "]: Invalid value: \"" + value + "\": " + rule);
            }
            return value;
        }

        private String number(String key) {
            String value = value(key);
            try {
                Long.parseLong(value);
                return value;
            } catch (NumberFormatException e) {
                throw refused("values[0]: Invalid value: \"" + value
                        + "\": for 'Gt', 'Lt' operators, the value must be an integer");
            }
        }

        private Set<String> values(String key) {
            if (!taken("(")) {
                throw refused("found '" + word() + "' expected: '('");
            }
            Set<String> values = new HashSet<>();
            if (rest().isEmpty()) {
                throw refused("found '', expected: ',', ')' or identifier");
            }
            do {
                values.add(value(key));
            } while (taken(","));
            if (!taken(")")) {
                throw refused("found '" + word() + "', expected: ',' or ')'");
            }
            return values;
        }

        private String word() {
            rest();
            int start = at;
            while (at < text.length() && " \t,()=!<>".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        /** The next word or, if there is none, the next sign; empty at the end. */
        private String found() {
            String word = word();
            return word.isEmpty() && at < text.length() ? text.substring(at, at + 1) : word;
        }

        private boolean taken(String token) {
            if (rest().startsWith(token)) {
                at += token.length();
                return true;
            }
            return false;
        }

        private String rest() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
            return text.substring(at);
        }

        private static ApiError refused(String why) {
            return ApiError.badRequest("unable to parse requirement: " + why);
        }
    }
}
