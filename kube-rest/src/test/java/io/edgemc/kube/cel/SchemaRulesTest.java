package io.edgemc.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Schema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Rules end, whatever they say, and see nothing but the object. */
class SchemaRulesTest {
    private static final String LIMIT = "operation cancelled: actual cost limit exceeded";

    private static JsonNode yaml(String text) {
        return YAMLMapper.shared().readTree(text);
    }

    /** A rule on an object with a text {@code s} and a list of texts {@code l}. */
    private static SchemaRules rule(String rule) {
        ObjectNode schema = (ObjectNode) yaml("""
                type: object
                properties:
                  s: {type: string}
                  l: {type: array, items: {type: string}}
                """);
        schema.putArray("x-kubernetes-validations").addObject().put("rule", rule);
        return SchemaRules.of(Schema.custom(schema));
    }

    private static ObjectNode object(int items) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("s", "x".repeat(1000));
        ArrayNode list = object.putArray("l");
        for (int i = 0; i < items; i++) {
            list.add("text" + i);
        }
        return object;
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "self.l.all(a, self.l.all(b, self.l.all(c, self.l.all(d, a + b != c + d || true))))",
                "self.l.map(a, self.l.map(b, self.l.map(c, a + b + c))).size() > 0",
                "self.s.replace('x', self.s).replace('x', self.s).replace('x', self.s).size() > 0",
                "self.l.map(a, self.s.replace('x', self.s)).join(self.s).size() > 0",
            })
    void aRuleThatCostsTooMuchEnds(String rule) {
        List<FieldProblem> problems = rule(rule).problems(object(300), null);

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).contains(LIMIT).contains(rule);
    }

    @Test
    @Timeout(60)
    void aPatternThatWouldBacktrackIsMatchedInOnePass() {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("s", "a".repeat(50_000) + "b");

        List<FieldProblem> problems = rule("!self.s.matches('^(a+)+$') && self.s.find('(a|aa)+$') == ''")
                .problems(object, null);

        assertThat(problems).isEmpty();
    }

    @Test
    void manyRulesTogetherHaveALimit() {
        ObjectNode schema = (ObjectNode) yaml("{type: object, properties: {l: {type: array, items: {type: string}}}}");
        ArrayNode rules = schema.putArray("x-kubernetes-validations");
        for (int i = 0; i < 100; i++) {
            rules.addObject().put("rule", "self.l.all(a, self.l.all(b, a != b || a == b))");
        }

        List<FieldProblem> problems = SchemaRules.of(Schema.custom(schema)).problems(object(250), null);

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).contains(LIMIT);
    }

    @Test
    void deepExpressionsAreRefusedAndNotRun() {
        String deep = "(".repeat(3000) + "true" + ")".repeat(3000);

        ObjectNode schema = (ObjectNode) yaml("{type: object, properties: {s: {type: string}}}");
        schema.putArray("x-kubernetes-validations").addObject().put("rule", deep);

        assertThat(new RuleCompiler(Schema.custom(schema), "schema").problems())
                .singleElement()
                .extracting(FieldProblem::field)
                .isEqualTo("schema.x-kubernetes-validations[0].rule");
    }

    @Test
    void durationsAndTimesAreMoreThanText() {
        JsonNode schema = yaml("""
                type: object
                properties: {d: {type: string, format: duration}, t: {type: string, format: date-time}}
                x-kubernetes-validations: [{rule: "self.d < duration('2h') && self.t + self.d < timestamp('2026-01-01T02:00:00Z')"}]
                """);
        JsonNode object = yaml("{d: 90m, t: '2026-01-01T00:00:00Z'}");

        assertThat(SchemaRules.of(Schema.custom(schema)).problems(object, null)).isEmpty();
        assertThat(io.edgemc.kube.schema.Formats.duration("90m")).isEqualTo(Duration.ofMinutes(90));
    }
}
