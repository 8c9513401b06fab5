package io.edgemc.placement.resolve.jsonpath;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The condition of a filter step. Comparing values of different types is false, but for {@code !=}. */
sealed interface Filter {
    boolean holds(JsonNode node);

    record And(Filter left, Filter right) implements Filter {
        @Override
        public boolean holds(JsonNode node) {
            return left.holds(node) && right.holds(node);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public boolean holds(JsonNode node) {
            return left.holds(node) || right.holds(node);
        }
    }

    record Not(Filter inner) implements Filter {
        @Override
        public boolean holds(JsonNode node) {
            return !inner.holds(node);
        }
    }

    /** {@code @.a.b} alone. */
    record Exists(Operand.Relative path) implements Filter {
        @Override
        public boolean holds(JsonNode node) {
            return !path.value(node).isMissingNode();
        }
    }

    record Compare(Operand left, String operator, Operand right) implements Filter {
        @Override
        public boolean holds(JsonNode node) {
            JsonNode a = left.value(node);
            JsonNode b = right.value(node);
            return switch (operator) {
                case "==" -> same(a, b);
                case "!=" -> !same(a, b);
                default -> ordered(a, b);
            };
        }

        private static boolean same(JsonNode a, JsonNode b) {
            if (a.isNumber() && b.isNumber()) {
                return a.decimalValue().compareTo(b.decimalValue()) == 0;
            }
            return a.equals(b);
        }

        private boolean ordered(JsonNode a, JsonNode b) {
            int order;
            if (a.isNumber() && b.isNumber()) {
                order = a.decimalValue().compareTo(b.decimalValue());
            } else if (a.isString() && b.isString()) {
                order = a.stringValue().compareTo(b.stringValue());
            } else {
                return false;
            }
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }
    }

    /** One side of a comparison. */
    sealed interface Operand {
        JsonNode value(JsonNode current);

        record Literal(JsonNode constant) implements Operand {
            @Override
            public JsonNode value(JsonNode current) {
                return constant;
            }
        }

        /** {@code @}, {@code @.a}, {@code @['a'][0]}: names and indexes only. */
        record Relative(List<Step> steps) implements Operand {
            @Override
            public JsonNode value(JsonNode current) {
                JsonNode node = current;
                for (Step step : steps) {
                    node = next(node, step);
                }
                return node;
            }

            private static JsonNode next(JsonNode node, Step step) {
                return switch (step) {
                    case Step.Names names -> node.path(names.names().getFirst());
                    case Step.Indexes indexes -> {
                        int index = indexes.indexes().getFirst();
                        yield node.isArray() ? node.path(index < 0 ? node.size() + index : index) : absent();
                    }
                    default -> absent();
                };
            }

            private static JsonNode absent() {
                return MissingNode.getInstance();
            }
        }
    }

    /** A number as a filter writes it, or null. */
    static @Nullable BigDecimal number(String text) {
        try {
            return text.length() > 40 ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
