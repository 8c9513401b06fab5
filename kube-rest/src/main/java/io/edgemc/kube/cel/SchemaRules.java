package io.edgemc.kube.cel;

import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.ListKeys;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All rules of a schema, in the shape of the schema, ready to be evaluated. Thread-safe. */
public final class SchemaRules {
    /** Of schemas without rules. */
    public static final SchemaRules NONE = new SchemaRules(null);

    /** Rules of one node and of those below it; only nodes that lead to a rule are here. */
    record Node(
            Schema schema,
            List<Rule> rules,
            Map<String, Node> members,
            @Nullable Node element) {
        boolean isEmpty() {
            return rules.isEmpty() && members.isEmpty() && element == null;
        }
    }

    private final @Nullable Node root;

    SchemaRules(@Nullable Node root) {
        this.root = root;
    }

    /** The rules of a schema whose rules are known to compile; those that do not are left out. */
    public static SchemaRules of(Schema schema) {
        Node root = new RuleCompiler(schema, "").root();
        return root.isEmpty() ? NONE : new SchemaRules(root);
    }

    public boolean isEmpty() {
        return root == null;
    }

    /**
     * What the rules refuse. The object must have passed its schema. Ends after a bounded number of steps.
     *
     * @param before what it replaces, null for a new one
     */
    public List<FieldProblem> problems(JsonNode object, @Nullable JsonNode before) {
        if (root == null) {
            return List.of();
        }
        Evaluation evaluation = new Evaluation();
        try {
            evaluation.node(root, object, before, "");
        } catch (Costs.Exceeded e) {
            // Said already, at the rule that went too far.
        }
        return evaluation.problems;
    }

    private static final class Evaluation {
        private final List<FieldProblem> problems = new ArrayList<>();
        private long spent;

        void node(Node node, JsonNode value, @Nullable JsonNode before, String path) {
            if (value.isNull() || value.isMissingNode()) {
                return;
            }
            // What did not change was accepted once, maybe before there was the rule.
            if (before == null || !before.equals(value)) {
                rules(node, value, before, path);
            }
            for (Map.Entry<String, Node> member : node.members().entrySet()) {
                JsonNode old = before == null ? null : before.get(member.getKey());
                node(member.getValue(), value.path(member.getKey()), old, join(path, member.getKey()));
            }
            Node element = node.element();
            if (element == null) {
                return;
            }
            if (value instanceof ObjectNode map) {
                for (Map.Entry<String, JsonNode> entry : map.properties()) {
                    JsonNode old = before == null ? null : before.get(entry.getKey());
                    node(element, entry.getValue(), old, path + "[" + entry.getKey() + "]");
                }
            } else {
                items(node, element, value, before, path);
            }
        }

        private void items(Node node, Node element, JsonNode list, @Nullable JsonNode before, String path) {
            Map<JsonNode, JsonNode> old = new HashMap<>();
            boolean keyed = node.schema().topology() == Schema.Topology.KEYED;
            if (keyed && before != null) {
                for (JsonNode item : before) {
                    ObjectNode key = ListKeys.of(item, node.schema());
                    if (key != null) {
                        old.put(key, item);
                    }
                }
            }
            for (int i = 0; i < list.size(); i++) {
                JsonNode item = list.get(i);
                ObjectNode key = keyed ? ListKeys.of(item, node.schema()) : null;
                node(element, item, key == null ? null : old.get(key), path + "[" + i + "]");
            }
        }

        private void rules(Node node, JsonNode value, @Nullable JsonNode before, String path) {
            if (node.rules().isEmpty()) {
                return;
            }
            Object self = SchemaValues.of(value, node.schema());
            for (Rule rule : node.rules()) {
                boolean optional = rule.text().optional();
                if (rule.transition() && !optional && before == null) {
                    continue;
                }
                Map<String, Object> variables = new HashMap<>();
                variables.put("self", self);
                if (optional) {
                    variables.put(
                            "oldSelf",
                            before == null ? Optional.empty() : Optional.of(SchemaValues.of(before, node.schema())));
                } else if (before != null) {
                    variables.put("oldSelf", SchemaValues.of(before, node.schema()));
                }
                Costs costs = new Costs(Math.min(Costs.PER_EXPRESSION, Costs.PER_OBJECT - spent));
                try {
                    FieldProblem problem = rule.problem(value, path, variables, costs);
                    spent += costs.spent();
                    if (problem != null) {
                        problems.add(problem);
                    }
                } catch (Costs.Exceeded e) {
                    problems.add(rule.tooCostly(value, path));
                    throw e;
                }
            }
        }

        private static String join(String path, String member) {
            return path.isEmpty() ? member : path + "." + member;
        }
    }
}
