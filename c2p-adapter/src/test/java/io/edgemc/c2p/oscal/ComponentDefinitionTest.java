package io.edgemc.c2p.oscal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.edgemc.api.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentDefinitionTest {
    private static final String RULES = "{'props':["
            + "{'name':'Rule_Id','value':'r1','remarks':'a'},{'name':'Check_Id','value':'p1','remarks':'a'},"
            + "{'name':'Check_Id','value':'p2','remarks':'a'},{'name':'Check_Description','value':'why','remarks':'a'},"
            + "{'name':'Rule_Id','value':'r2','remarks':'b'},{'name':'Check_Id','value':'p3','remarks':'b'},"
            + "{'name':'Rule_Id','value':'unchecked','remarks':'c'}]}";

    @Test
    void controlsAreLinkedToPoliciesByRulesOfAnyComponent() throws Exception {
        // Given a component that implements the controls, and another that checks the rules
        String service = implementation("ac-6", "r1", "unchecked") + "," + implementation("cm-8", "r2");

        // When
        ControlMap map =
                read(document("{'control-implementations':[{'implemented-requirements':[" + service + "]}]}," + RULES));

        // Then
        assertThat(map.checks()).hasSize(2);
        assertThat(map.checks().get("ac-6")).isEqualTo(Set.of("p1", "p2"));
        assertThat(map.checks().get("cm-8")).isEqualTo(Set.of("p3"));
        assertThat(map.controls().get("ac-6"))
                .extracting(ControlMap.Rule::description)
                .containsExactly("why", "");
    }

    @Test
    void rulesOfStatementsCountForTheirControl() throws Exception {
        // When
        ControlMap map = read(document("{'control-implementations':[{'implemented-requirements':[{'control-id':'ac-6',"
                + "'statements':[{'props':[{'name':'Rule_Id','value':'r2'}]}]}]}]}," + RULES));

        // Then
        assertThat(map.checks().get("ac-6")).isEqualTo(Set.of("p3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | /component-definition | is missing: an OSCAL component definition is wanted",
                "{'component-definition':{'metadata':{'title':'t'}}} | /component-definition/components | is missing",
                "{'component-definition':{'components':[]}} | /component-definition/metadata/title | is missing",
            })
    void whatIsNoDefinitionIsRefusedWithItsPlace(String json, String pointer, String message) {
        // When, Then
        assertProblem(json, pointer, message);
    }

    @Test
    void aRuleThatNobodyDefinesIsNamedByItsPlace() {
        assertProblem(
                document("{'control-implementations':[{'implemented-requirements':[" + implementation("ac-6", "r9")
                        + "]}]}"),
                "/component-definition/components/0/control-implementations/0/implemented-requirements/0/props/0/value",
                "names a rule that no component defines by a property Rule_Id");
    }

    @Test
    void aControlIdIsAToken() {
        assertProblem(
                document("{'control-implementations':[{'implemented-requirements':[" + implementation("a c", "r1")
                        + "]}]}," + RULES),
                "/component-definition/components/0/control-implementations/0/implemented-requirements/0/control-id",
                "is not a control id");
    }

    @Test
    void aDefinitionWithoutControlsIsRefused() {
        assertProblem(
                document(RULES),
                "/component-definition/components",
                "no implemented requirement names a rule: a property Rule_Id is wanted");
    }

    private static void assertProblem(String json, String pointer, String message) {
        assertThatThrownBy(() -> read(json))
                .asInstanceOf(type(InvalidDefinitionException.class))
                .satisfies(e ->
                        assertThat(e.problems()).contains(new InvalidDefinitionException.Problem(pointer, message)));
    }

    private static String document(String components) {
        return "{'component-definition':{'metadata':{'title':'t'},'components':[" + components + "]}}";
    }

    private static String implementation(String control, String... rules) {
        StringBuilder props = new StringBuilder();
        for (String rule : rules) {
            props.append(props.isEmpty() ? "" : ",").append("{'name':'Rule_Id','value':'" + rule + "'}");
        }
        return "{'control-id':'" + control + "','props':[" + props + "]}";
    }

    private static ControlMap read(String json) throws InvalidDefinitionException {
        return ComponentDefinition.read(
                CanonicalJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
