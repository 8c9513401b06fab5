package io.edgemc.summarizer.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.json.ApiJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PathExpressionsTest {
    private static final Bindings ROW = new Bindings(
            json("{\"name\":\"florin\",\"labels\":{\"edge-mc.io/env\":\"prod\"}}"),
            json("{\"metadata\":{\"namespace\":\"shop\",\"name\":\"\"},\"list\":[{\"a\":7},null]}"),
            json("{\"result\":\"fail\",\"severity\":null}"));

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "cluster.name, florin",
                "cluster.labels['edge-mc.io/env'], prod",
                "returned.list[0].a, 7",
                "returned.list[1].a, ",
                "returned.list[9], ",
                "returned.metadata.name, ",
                "returned.metadata.absent.deeper, ",
                "item.severity, ",
                "item.severity ?? 'unspecified', unspecified",
                "item.severity ?? item.result ?? 'x', fail",
                "item.result == 'fail', fail",
                "item.result == 'pass', ",
                "item.severity == 'fail', ",
                "'literal', literal",
            })
    void evaluates(String text, @Nullable String expected) {
        JsonNode value = new PathExpressions().compile(text).evaluate(ROW);

        assertThat(value == null ? null : value.asString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name", "secret.name", "item..a", "item.a b", "item[x]", "item['a", "item. ?? 'x'", "items.a"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> new PathExpressions().compile(text))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessageContaining("'");
    }

    private static JsonNode json(String text) {
        return ApiJson.MAPPER.readTree(text);
    }
}
