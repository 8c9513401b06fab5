package io.edgemc.placement.resolve.customize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.Json;
import io.edgemc.placement.resolve.select.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RecipeTest {
    private static final ClusterFacts FLORIN = new ClusterFacts(
            "u1",
            "florin",
            Map.of("env", "prod", "both", "label"),
            Map.of("note", "a \"quoted\" note", "both", "annotation"),
            Map.of("replicas", "3", "both", "property", "percent", "%(env)"),
            List.of(),
            false,
            ClusterFacts.State.ACTIVE);
    private static final ObjectKey KEY = ObjectKey.parse("configmaps/ns/page");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "env is %(env) | env is prod",
                "100%% of %(clusterName) | 100% of florin",
                "50% off | 50% off",
                "%(both) | property",
                "%(percent) | %(env)",
                "%%(env) | %(env)",
            })
    void expandsParameters(String text, String expected) throws Exception {
        Recipe recipe = new Recipe(new Customization(true, false, null), null, List.of());

        ObjectNode rendered = recipe.render(page(text), FLORIN, new Parameters(FLORIN, false));

        assertThat(rendered.path("data").path("text").asString()).isEqualTo(expected);
    }

    @Test
    void neverTouchesKeysOfMaps() throws Exception {
        Recipe recipe = new Recipe(new Customization(true, false, null), null, List.of());
        ObjectNode page = page("x");
        ((ObjectNode) page.get("data")).put("%(env)", "y");

        ObjectNode rendered = recipe.render(page, FLORIN, new Parameters(FLORIN, false));

        assertThat(rendered.path("data").has("%(env)")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ .env }} | prod",
                "{{.env}}-{{ .replicas }} | prod-3",
                "{{ index . \"clusterName\" }} | florin",
                "{{ \"{{\" }} | {{",
            })
    void expandsTemplates(String text, String expected) throws Exception {
        Recipe recipe = new Recipe(new Customization(false, true, null), null, List.of());

        ObjectNode rendered = recipe.render(page(text), FLORIN, new Parameters(FLORIN, false));

        assertThat(rendered.path("data").path("text").asString()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "%(unknown) | true | false | data.text | no parameter \"unknown\"",
                "%(open | true | false | data.text | without \")\"",
                "{{ .missing }} | false | true | data.text | no parameter \"missing\"",
                "{{ if .env }} | false | true | data.text | only",
                "{{ .env | false | true | data.text | without",
            })
    void saysWhatIsWrong(String text, boolean expand, boolean templates, String field, String reason) {
        Recipe recipe = new Recipe(new Customization(expand, templates, null), null, List.of());

        assertThatThrownBy(() -> recipe.render(page(text), FLORIN, new Parameters(FLORIN, false)))
                .isInstanceOfSatisfying(RenderException.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.reason()).contains(reason);
                });
    }

    @Test
    void replacesInOrderWithExpandedPathsAndValues() throws Exception {
        CustomizerSpec customizer = customizer(
                true,
                "{'path':'$.data[\\'%(env)\\']','value':'\\\"%(note)\\\"'}",
                "{'path':'$.data.count','value':'%(replicas)'}",
                "{'path':'$.data.text','value':'\\\"second\\\"'}");
        Recipe recipe = new Recipe(new Customization(false, false, "ns/c"), customizer, List.of());

        ObjectNode rendered = recipe.render(page("first"), FLORIN, new Parameters(FLORIN, false));

        assertThat(rendered.path("data").path("prod").asString()).isEqualTo("a \"quoted\" note");
        assertThat(rendered.path("data").path("count").asInt()).isEqualTo(3);
        assertThat(rendered.path("data").path("text").asString()).isEqualTo("second");
    }

    @Test
    void aParameterCannotChangeTheStructureAroundIt() throws Exception {
        CustomizerSpec customizer = customizer(true, "{'path':'$.data.x','value':'{\\\"a\\\": %(note)}'}");
        Recipe recipe = new Recipe(new Customization(false, false, "ns/c"), customizer, List.of());

        assertThatThrownBy(() -> recipe.render(page("x"), FLORIN, new Parameters(FLORIN, false)))
                .isInstanceOf(RenderException.class)
                .hasMessageContaining("not JSON text");
    }

    @Test
    void aMissingCustomizerIsAnError() {
        Recipe recipe = new Recipe(new Customization(false, false, "ns/gone"), null, List.of());

        assertThatThrownBy(() -> recipe.render(page("x"), FLORIN, new Parameters(FLORIN, false)))
                .hasMessage("there is no customizer ns/gone");
    }

    @Test
    void identityIsNotForCustomizersToChange() throws Exception {
        CustomizerSpec customizer = customizer(false, "{'path':'$.metadata.name','value':'\\\"other\\\"'}");
        Recipe recipe = new Recipe(new Customization(false, false, "ns/c"), customizer, List.of());

        assertThatThrownBy(() -> recipe.render(page("x"), FLORIN, new Parameters(FLORIN, false)))
                .hasMessage("customization must not change it");
    }

    @Test
    void overridesComeLastInOrderOfPriorityAndOnlyWhereTheyConcern() throws Exception {
        OverrideSpec low = override(
                "low",
                "{'clusterSelectors':[{}],'objectTests':[{'resources':['configmaps']}],"
                        + "'priority':1,'patches':[{'type':'merge','patch':{'data':{'text':'low','more':'yes'}}}]}");
        OverrideSpec high = override(
                "high",
                "{'clusterSelectors':[{'matchLabels':{'env':'prod'}}],"
                        + "'objectTests':[{'resources':['configmaps']}],'priority':2,"
                        + "'patches':[{'type':'json','patch':[{'op':'replace','path':'/data/text','value':'high'}]}]}");
        OverrideSpec elsewhere = override(
                "elsewhere",
                "{'clusterSelectors':[{'matchLabels':{'env':'test'}}],"
                        + "'objectTests':[{'resources':['configmaps']}],'priority':3,"
                        + "'patches':[{'type':'merge','patch':{'data':null}}]}");
        Recipe recipe = new Recipe(new Customization(false, false, null), null, List.of(low, high, elsewhere));

        ObjectNode rendered = recipe.render(page("x"), FLORIN, new Parameters(FLORIN, false));

        assertThat(rendered.path("data")).isEqualTo(Json.object("{'text':'high','more':'yes'}"));
    }

    @Test
    void notesWhichParametersWereRead() throws Exception {
        Recipe recipe = new Recipe(new Customization(true, false, null), null, List.of());
        Parameters parameters = new Parameters(FLORIN, false);

        recipe.render(page("%(env) %(both)"), FLORIN, parameters);

        assertThat(parameters.read()).containsExactlyInAnyOrder("env", "both");
    }

    @Test
    void customizersAreNamedAsTheObjectsScopeNeeds() {
        ObjectNode object = Json.object("{'metadata':{'annotations':{'edge-mc.io/customizer':'mine'}}}");

        assertThat(Customization.of(KEY, object).customizer()).isEqualTo("ns/mine");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'replacements':[{'path':'$.a['}]} | customizer.replacements[0].value",
                "{'replacements':[{'path':'nope','value':'1'}]} | customizer.replacements[0].path",
                "{'replacements':[{'path':'$.a','value':'{'}]} | customizer.replacements[0].value",
                "{'replacements':[{'path':'$.a','value':'1','more':1}]} | customizer.replacements[0].more",
                "{'replacement':[]} | customizer.replacement",
            })
    void admissionNamesTheField(String customizer, String field) {
        List<FieldError> errors = new ArrayList<>();

        CustomizerSpec.read(Json.object(customizer), errors);

        assertThat(errors).extracting(FieldError::field).contains(field);
    }

    private static ObjectNode page(String text) {
        ObjectNode page =
                Json.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'page','namespace':'ns'}}");
        page.putObject("data").put("text", text);
        return page;
    }

    private static CustomizerSpec customizer(boolean expand, String... replacements) {
        String annotations = expand ? ",'annotations':{'edge-mc.io/expand-parameters':'true'}" : "";
        List<FieldError> errors = new ArrayList<>();
        ObjectNode json = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        json.set("metadata", Json.object("{'name':'c'" + annotations + "}"));
        var list = json.putArray("replacements");
        for (String replacement : replacements) {
            list.add(io.edgemc.api.json.CanonicalJson.parseObject(replacement
                    .replace("\\'", "\u0001")
                    .replace('\'', '"')
                    .replace('\u0001', '\'')
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        CustomizerSpec spec = CustomizerSpec.read(json, errors);
        assertThat(errors).isEmpty();
        return spec;
    }

    private static OverrideSpec override(String name, String spec) {
        List<FieldError> errors = new ArrayList<>();
        OverrideSpec override = OverrideSpec.read(name, Json.object("{'spec':" + spec + "}"), errors);
        assertThat(errors).isEmpty();
        return override;
    }
}
