package io.edgemc.kube.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The most that a rule can cost, by the largest values that its schema allows. Follows the measure of an API server: one per
 * step, a tenth per character that is looked at; the figures come close to its and are not equal in every function.
 */
final class CostEstimate {
    /** Limits of one expression (times the values that it is evaluated for) and of a schema. */
    static final long PER_EXPRESSION = 10_000_000;

    static final long PER_SCHEMA = 100_000_000;
    static final String ADVICE =
            " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays,"
                    + " maps, and strings are declared)";

    /** The largest request. */
    private static final long REQUEST = 3L * 1024 * 1024;

    private static final double PER_CHARACTER = 0.1;
    private static final long UNKNOWN = Long.MAX_VALUE;
    /** Stands for a quantity or a version, which no schema describes. */
    private static final Schema VALUE =
            Schema.custom(JsonNodeFactory.instance.objectNode().put("type", "string"));

    /** What is known of an expression: its cost, its largest size, the schema of its value. */
    private record Guess(long cost, long size, Schema schema) {}

    private static final Guess NOTHING = new Guess(0, 0, Schema.ANY);

    private final Map<String, Guess> variables = new HashMap<>();

    private CostEstimate() {}

    static long of(CelAbstractSyntaxTree tree, Schema self) {
        CostEstimate estimate = new CostEstimate();
        Guess value = new Guess(1, most(self), self);
        estimate.variables.put("self", value);
        estimate.variables.put("oldSelf", value);
        return estimate.guess(tree.getExpr()).cost();
    }

    /** The most bytes, items or members of a value; 0 for others. */
    static long most(Schema schema) {
        return switch (schema.shape()) {
            case STRING -> longest(schema);
            case LIST -> limit(schema, "maxItems", REQUEST / (least(schema.element()) + 1));
            case MAP -> limit(schema, "maxProperties", REQUEST / (least(schema.element()) + 6));
            case ANY, QUANTITY, INT_OR_STRING -> REQUEST;
            default -> 0;
        };
    }

    private static long longest(Schema schema) {
        switch (schema.keyword("format").asString("")) {
            case "date", "date-time", "duration" -> {
                return 0;
            }
            default -> {}
        }
        long listed = 0;
        for (var value : schema.keyword("enum")) {
            listed = Math.max(listed, value.asString("").length());
        }
        // A character takes up to four bytes.
        return listed > 0 ? listed : limit(schema, "maxLength", (REQUEST - 2) / 4) * 4;
    }

    private static long limit(Schema schema, String keyword, long otherwise) {
        return schema.keyword(keyword).isIntegralNumber()
                ? schema.keyword(keyword).asLong(0)
                : otherwise;
    }

    /** The fewest bytes that a value takes in JSON. */
    private static long least(Schema schema) {
        long members = schema.required().stream()
                .mapToLong(name -> name.length() + 4 + least(schema.member(name)))
                .sum();
        return switch (schema.shape()) {
            case INTEGER, NUMBER -> 1;
            case BOOLEAN -> 4;
            default -> 2 + members;
        };
    }

    static long product(long left, long right) {
        return left != 0 && right > Long.MAX_VALUE / Math.max(1, left) ? Long.MAX_VALUE : left * right;
    }

    static long sum(long left, long right) {
        return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
    }

    private Guess guess(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT -> {
                CelConstant constant = expression.constant();
                long size = constant.getKind() == CelConstant.Kind.STRING_VALUE
                        ? constant.stringValue().length()
                        : 0;
                yield new Guess(0, size, Schema.ANY);
            }
            case IDENT -> variables.getOrDefault(expression.ident().name(), new Guess(1, 0, Schema.ANY));
            case SELECT -> {
                Guess operand = guess(expression.select().operand());
                Schema member = member(operand.schema(), expression.select().field());
                yield new Guess(sum(operand.cost(), 1), most(member), member);
            }
            case CALL -> call(expression.call());
            case LIST -> {
                long cost = 10;
                for (CelExpr element : expression.list().elements()) {
                    cost = sum(cost, guess(element).cost());
                }
                yield new Guess(cost, expression.list().elements().size(), Schema.ANY);
            }
            case MAP -> {
                long cost = 30;
                for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
                    cost = sum(
                            cost,
                            sum(guess(entry.key()).cost(), guess(entry.value()).cost()));
                }
                yield new Guess(cost, expression.map().entries().size(), Schema.ANY);
            }
            case COMPREHENSION -> comprehension(expression.comprehension());
            default -> new Guess(1, 0, Schema.ANY);
        };
    }

    private static Schema member(Schema schema, String field) {
        for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
            if (field.equals(FieldNames.escaped(property.getKey()))) {
                return property.getValue();
            }
        }
        return schema.member(field);
    }

    private static long compared(String function, Guess first, Guess second) {
        if (first.schema() != VALUE || second.schema() != VALUE) {
            return tenth(Math.min(first.size(), second.size()));
        }
        // An API server knows what it costs that two of these are equal, and not that they are not.
        return function.equals("_==_") ? 1 : UNKNOWN;
    }

    private Guess call(CelExpr.CelCall call) {
        List<Guess> all = new ArrayList<>();
        call.target().ifPresent(target -> all.add(guess(target)));
        call.args().forEach(argument -> all.add(guess(argument)));
        long cost = all.stream().mapToLong(Guess::cost).reduce(0, CostEstimate::sum);
        Guess first = all.isEmpty() ? NOTHING : all.getFirst();
        Guess second = all.size() < 2 ? NOTHING : all.get(1);
        long least = Math.min(first.size(), second.size());
        long together = sum(first.size(), second.size());
        return switch (call.function()) {
            case "_&&_", "_||_" -> new Guess(cost, 0, Schema.ANY);
            case "_?_:_" ->
                new Guess(cost, Math.max(second.size(), all.getLast().size()), second.schema());
            case "_==_", "_!=_" -> new Guess(sum(cost, compared(call.function(), first, second)), 0, Schema.ANY);
            case "quantity", "semver" -> new Guess(sum(cost, tenth(first.size())), 0, VALUE);
            case "isQuantity", "isSemver" -> new Guess(sum(cost, tenth(first.size())), 0, Schema.ANY);
            case "_<_", "_<=_", "_>_", "_>=_" -> new Guess(sum(cost, Math.max(1, tenth(least))), 0, Schema.ANY);
            case "_+_" -> new Guess(sum(cost, Math.max(1, tenth(together))), together, first.schema());
            case "_[_]" ->
                new Guess(
                        sum(cost, 1),
                        most(first.schema().element()),
                        first.schema().element());
            case "@in" -> new Guess(sum(cost, Math.max(1, second.size())), 0, Schema.ANY);
            case "contains" -> new Guess(sum(cost, product(tenth(first.size()), tenth(second.size()))), 0, Schema.ANY);
            case "startsWith", "endsWith" -> new Guess(sum(cost, tenth(second.size())), 0, Schema.ANY);
            case "matches", "find", "findAll" ->
                new Guess(
                        sum(cost, product(tenth(sum(first.size(), 1)), (second.size() + 3) / 4)),
                        call.function().equals("matches") ? 0 : first.size(),
                        Schema.ANY);
            case "lowerAscii", "upperAscii", "trim", "substring", "reverse" ->
                new Guess(sum(cost, tenth(first.size())), first.size(), Schema.ANY);
            case "replace" -> new Guess(sum(cost, product(2, tenth(first.size()))), first.size(), Schema.ANY);
            // Nobody estimates how many parts there are, so there may be any number.
            case "split" -> new Guess(sum(cost, product(2, tenth(first.size()))), UNKNOWN, Schema.ANY);
            case "join" -> {
                long item = sum(most(first.schema().element()), second.size());
                long length = product(first.size(), item);
                yield new Guess(sum(cost, tenth(length)), length, Schema.ANY);
            }
            case "isSorted", "sum", "min", "max", "indexOf", "lastIndexOf" ->
                new Guess(
                        sum(cost, Math.max(1, first.size())), 0, first.schema().element());
            default -> new Guess(sum(cost, 1), 0, Schema.ANY);
        };
    }

    private static long tenth(long size) {
        return (long) Math.ceil(Math.min(size, Long.MAX_VALUE / 2) * PER_CHARACTER);
    }

    private Guess comprehension(CelExpr.CelComprehension loop) {
        Guess range = guess(loop.iterRange());
        Guess start = guess(loop.accuInit());
        Schema item =
                range.schema().shape() == Schema.Shape.LIST ? range.schema().element() : Schema.ANY;
        boolean map = range.schema().shape() == Schema.Shape.MAP;
        Guess key = new Guess(1, map ? REQUEST : 0, Schema.ANY);
        Guess value = map
                ? new Guess(1, most(range.schema().element()), range.schema().element())
                : new Guess(1, range.schema().shape() == Schema.Shape.LIST ? most(item) : 0, item);
        Map<String, Guess> outside = new HashMap<>(variables);
        boolean two = !loop.iterVar2().isEmpty();
        variables.put(loop.iterVar(), two || map ? key : value);
        if (two) {
            variables.put(loop.iterVar2(), value);
        }
        variables.put(loop.accuVar(), new Guess(1, Math.max(start.size(), range.size()), Schema.ANY));
        long once =
                sum(guess(loop.loopCondition()).cost(), guess(loop.loopStep()).cost());
        long end = guess(loop.result()).cost();
        variables.clear();
        variables.putAll(outside);
        long cost = sum(sum(range.cost(), start.cost()), sum(product(range.size(), once), end));
        return new Guess(cost, range.size(), Schema.ANY);
    }
}
