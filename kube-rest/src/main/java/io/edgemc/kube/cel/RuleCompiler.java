package io.edgemc.kube.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.Expressions.Compiled;
import io.edgemc.kube.cel.Expressions.Uncompilable;
import io.edgemc.kube.cel.SchemaRules.Node;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compiles the rules of a schema once, and says what is wrong with them, as an API server does when a CRD arrives. */
public final class RuleCompiler {
    private static final String KEYWORD = "x-kubernetes-validations";
    private static final Set<String> REASONS =
            Set.of("FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate");
    private static final int DEEPEST = 64;
    private static final int MOST_NAMED = 4;

    private record Cost(String rule, long cost) {}

    private final List<FieldProblem> problems = new ArrayList<>();
    private final List<Cost> costs = new ArrayList<>();
    private final String rootPath;
    private final Node root;
    private long total;

    /** {@code path}: of the schema in its CRD, such as {@code spec.validation.openAPIV3Schema}. */
    public RuleCompiler(Schema schema, String path) {
        rootPath = path;
        root = node(schema, path, 1, null, 0);
        if (total > CostEstimate.PER_SCHEMA) {
            costs.sort(Comparator.comparingLong(Cost::cost).reversed());
            for (Cost cost : costs.subList(0, Math.min(MOST_NAMED, costs.size()))) {
                problems.add(FieldProblem.forbidden(
                        cost.rule(),
                        "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
            }
            problems.add(FieldProblem.forbidden(
                    rootPath,
                    "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by"
                            + " factor of " + factor(total, CostEstimate.PER_SCHEMA) + CostEstimate.ADVICE));
        }
    }

    /** What is wrong with the rules. */
    public List<FieldProblem> problems() {
        return problems;
    }

    Node root() {
        return root;
    }

    private Node node(Schema schema, String path, long times, @Nullable String uncorrelated, int depth) {
        List<Rule> rules = new ArrayList<>();
        Map<String, Node> members = new LinkedHashMap<>();
        Node element = null;
        if (depth < DEEPEST) {
            JsonNode entries = schema.keyword(KEYWORD);
            for (int i = 0; i < entries.size(); i++) {
                rule(
                        schema,
                        RuleText.of(entries.get(i)),
                        path + "." + KEYWORD + "[" + i + "]",
                        times,
                        uncorrelated,
                        rules);
            }
            schema.properties().forEach((name, child) -> {
                // Kubernetes' own members have no rules.
                boolean own =
                        depth == 0 && Set.of("apiVersion", "kind", "metadata").contains(name);
                Node made =
                        own ? null : node(child, path + ".properties[" + name + "]", times, uncorrelated, depth + 1);
                if (made != null && !made.isEmpty()) {
                    members.put(name, made);
                }
            });
            element = element(schema, path, times, uncorrelated, depth);
        }
        return new Node(schema, rules, members, element);
    }

    private @Nullable Node element(Schema schema, String path, long times, @Nullable String uncorrelated, int depth) {
        boolean list = schema.shape() == Schema.Shape.LIST;
        boolean map = schema.keyword("additionalProperties").isObject();
        if (!list && !map) {
            return null;
        }
        String below = path + (list ? ".items" : ".additionalProperties");
        long many = CostEstimate.product(times, Math.max(1, CostEstimate.most(schema)));
        boolean lost = list && schema.topology() != Schema.Topology.KEYED;
        Node made = node(schema.element(), below, many, lost && uncorrelated == null ? path : uncorrelated, depth + 1);
        return made.isEmpty() ? null : made;
    }

    private void rule(
            Schema schema, RuleText text, String path, long times, @Nullable String uncorrelated, List<Rule> rules) {
        if (!wellFormed(text, schema, path)) {
            return;
        }
        SchemaTypes types = new SchemaTypes();
        CelType self = types.of(schema, "selfType");
        Expressions expressions = new Expressions(self, types, text.optional());
        Compiled compiled;
        try {
            compiled = expressions.compiled(text.rule());
        } catch (Uncompilable e) {
            problems.add(FieldProblem.invalid(path + ".rule", text.shown(), "compilation failed: " + e.getMessage()));
            return;
        }
        if (!compiled.type().equals(SimpleType.BOOL)) {
            problems.add(FieldProblem.invalid(path + ".rule", text.shown(), "cel expression must evaluate to a bool"));
            return;
        }
        boolean transition = compiled.mentions("oldSelf");
        if (text.optionalOldSelf() != null && !transition) {
            problems.add(FieldProblem.invalid(
                    path + ".optionalOldSelf",
                    text.optionalOldSelf().toString(),
                    "may not be set if oldSelf is not used in rule"));
        }
        if (transition && uncorrelated != null) {
            problems.add(FieldProblem.invalid(
                    path + ".rule",
                    quoted(text.rule()),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelated));
        }
        Compiled message = message(expressions, text, path);
        affordable(compiled, schema, path + ".rule", "rule", times);
        if (message != null) {
            affordable(message, schema, path + ".messageExpression", "messageExpression", times);
        }
        rules.add(new Rule(text, compiled, message, transition));
    }

    private @Nullable Compiled message(Expressions expressions, RuleText text, String path) {
        if (text.messageExpression().isEmpty()) {
            return null;
        }
        String at = path + ".messageExpression";
        try {
            Compiled message = expressions.compiled(text.messageExpression());
            if (message.type().equals(SimpleType.STRING)) {
                return message;
            }
            problems.add(FieldProblem.invalid(at, text.shown(), "messageExpression must evaluate to a string"));
        } catch (Uncompilable e) {
            problems.add(
                    FieldProblem.invalid(at, text.shown(), "messageExpression compilation failed: " + e.getMessage()));
        }
        return null;
    }

    private void affordable(Compiled compiled, Schema schema, String path, String what, long times) {
        long cost = CostEstimate.product(CostEstimate.of(compiled.tree(), schema), times);
        total = CostEstimate.sum(total, cost);
        if (cost > CostEstimate.PER_EXPRESSION) {
            problems.add(FieldProblem.forbidden(
                    path,
                    "estimated " + what + " cost exceeds budget by factor of "
                            + factor(cost, CostEstimate.PER_EXPRESSION) + CostEstimate.ADVICE));
        }
        costs.add(new Cost(path, cost));
    }

    private static String factor(long cost, long limit) {
        double factor = (double) cost / limit;
        // A factor of one and a little more is not to look like one.
        return factor > 100 ? "more than 100x" : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
    }

    private boolean wellFormed(RuleText text, Schema schema, String path) {
        int before = problems.size();
        if (text.rule().isBlank()) {
            problems.add(FieldProblem.required(path + ".rule", "rule is not specified"));
        }
        if (!text.message().isEmpty() && text.message().isBlank()) {
            problems.add(
                    FieldProblem.invalid(path + ".message", quoted(text.message()), "must be non-empty if specified"));
        } else if (text.message().strip().indexOf('\n') >= 0) {
            problems.add(
                    FieldProblem.invalid(path + ".message", quoted(text.message()), "must not contain line breaks"));
        } else if (text.message().isEmpty() && text.rule().strip().indexOf('\n') >= 0) {
            problems.add(
                    FieldProblem.required(path + ".message", "message must be specified if rule contains line breaks"));
        }
        if (!text.reason().isEmpty() && !REASONS.contains(text.reason())) {
            problems.add(new FieldProblem(
                    path + ".reason",
                    FieldProblem.Type.NOT_SUPPORTED,
                    "Unsupported value: " + quoted(text.reason()) + ": supported values: "
                            + String.join(
                                    ", ",
                                    REASONS.stream()
                                            .sorted()
                                            .map(RuleCompiler::quoted)
                                            .toList())));
        }
        if (!text.fieldPath().isEmpty() && !leadsSomewhere(text.fieldPath(), schema)) {
            problems.add(FieldProblem.invalid(path + ".fieldPath", quoted(text.fieldPath()), "must be a valid path"));
        }
        return problems.size() == before;
    }

    /** {@code .a.b} or {@code ['a']}, through members that the schema names and keys of maps. */
    private static boolean leadsSomewhere(String path, Schema schema) {
        Schema at = schema;
        String rest = path;
        while (!rest.isEmpty()) {
            String name;
            if (rest.startsWith("['") && rest.indexOf("']") > 0) {
                int end = rest.indexOf("']");
                name = rest.substring(2, end);
                rest = rest.substring(end + 2);
            } else if (rest.startsWith(".")) {
                String[] parts = rest.substring(1).split("(?=[.\\[])", 2);
                name = parts[0];
                rest = parts.length > 1 ? parts[1] : "";
            } else {
                return false;
            }
            Schema property = at.properties().get(name);
            if (property == null && !at.keyword("additionalProperties").isObject()) {
                return false;
            }
            at = property == null ? at.element() : property;
        }
        return true;
    }

    private static String quoted(String text) {
        return tools.jackson.databind.node.JsonNodeFactory.instance
                .stringNode(text)
                .toString();
    }
}
