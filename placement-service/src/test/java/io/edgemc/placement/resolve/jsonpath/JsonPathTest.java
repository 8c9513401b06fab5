package io.edgemc.placement.resolve.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.placement.resolve.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonPathTest {
    private static final String SHOP =
            "{'a':{'b':1},'list':[{'n':'x','v':1},{'n':'y','v':2},{'n':'z','v':3}],'we.ird':{'~':5}}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "$.a.b # [1]",
                "$['a']['b'] # [1]",
                "$['we.ird']['~'] # [5]",
                "$.list[0].n # ['x']",
                "$.list[-1].n # ['z']",
                "$.list[0,2].n # ['x','z']",
                "$.list[1:].n # ['y','z']",
                "$.list[:2].n # ['x','y']",
                "$.list[0:3:2].n # ['x','z']",
                "$.list[-2:].n # ['y','z']",
                "$.list[*].v # [1,2,3]",
                "$.a.* # [1]",
                "$..n # ['x','y','z']",
                "$..[0].v # [1]",
                "$['a','list'][0].n # ['x']",
                "$.list[?(@.n == 'y')].v # [2]",
                "$.list[?(@.v > 1 && @.n != 'z')].n # ['y']",
                "$.list[?(@.v < 2 || @['v'] >= 3)].n # ['x','z']",
                "$.list[?(!(@.v == 2))].n # ['x','z']",
                "$.list[?(@.w)].n # []",
                "$.list[?(@.n)].v # [1,2,3]",
                "$.missing.deep # []",
            })
    void finds(String path, String expected) throws Exception {
        ObjectNode object = Json.object(SHOP);

        String found = JsonPath.parse(path).find(object).toString();

        assertThat(found).isEqualTo(expected.replace('\'', '"').replace(",", ", "));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "a",
                "$.",
                "$a",
                "$[",
                "$['a'",
                "$['a",
                "$.a[",
                "$.a[x]",
                "$..",
                "$.list[0:2:0]",
                "$.list[?(@.a ==)]",
                "$.list[?(1)]",
                "$.list[?(@.a == 'b']",
                "$.list[99999999999]",
                "$.list[?(@..a)]",
                "$.a b"
            })
    void refusesWhatDoesNotParse(String path) {
        assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(JsonPathException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "$.a.b | {'a':{'b':9},'l':[1,2]}",
                "$.a.c.d | {'a':{'b':1,'c':{'d':9}},'l':[1,2]}",
                "$.new | {'a':{'b':1},'l':[1,2],'new':9}",
                "$.l[1] | {'a':{'b':1},'l':[1,9]}",
                "$.l[*] | {'a':{'b':1},'l':[9,9]}",
            })
    void setsAndMakesMissingMapMembers(String path, String expected) throws Exception {
        ObjectNode object = Json.object("{'a':{'b':1},'l':[1,2]}");

        JsonPath.parse(path).set(object, JsonNodeFactory.instance.numberNode(9));

        assertThat(object).isEqualTo(Json.object(expected));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"$", "$.l[2]", "$.l[-3]", "$.a.b.c", "$.x[0]", "$.l.name", "$.none[*].x", "$..nope", "$.a.y[0].z"
            })
    void endsNowhereAndChangesNothing(String path) throws Exception {
        ObjectNode object = Json.object("{'a':{'b':1},'l':[1,2]}");
        JsonPath parsed = JsonPath.parse(path);

        assertThatThrownBy(() -> parsed.set(object, JsonNodeFactory.instance.numberNode(9)))
                .isInstanceOf(JsonPathException.class);
        assertThat(object).isEqualTo(Json.object("{'a':{'b':1},'l':[1,2]}"));
    }

    @Test
    void boundsItsWork() throws Exception {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        var list = object.putArray("l");
        for (int i = 0; i < 2_000; i++) {
            list.addObject().putObject("x").putObject("y");
        }

        assertThatThrownBy(() -> JsonPath.parse("$..*..*..*..*").find(object))
                .isInstanceOf(JsonPathException.class)
                .hasMessageContaining("visits more than");
    }
}
