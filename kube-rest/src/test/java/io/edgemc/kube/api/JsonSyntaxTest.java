package io.edgemc.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a text stops being JSON, in the words of Go's decoder. */
class JsonSyntaxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a:1}        | invalid character 'a' looking for beginning of object key string",
                "{\"a\" 1}    | invalid character '1' after object key",
                "{\"a\":1 2}  | invalid character '2' after object key:value pair",
                "[1 2]        | invalid character '2' after array element",
                "[1,]         | invalid character ']' looking for beginning of value",
                "{\"a\":1,}   | invalid character '}' looking for beginning of object key string",
                "nope         | invalid character 'o' in literal null (expecting 'u')",
                "{}{}         | invalid character '{' after top-level value",
                "01           | invalid character '1' after top-level value",
                "-a           | invalid character 'a' in numeric literal",
                "1.a          | invalid character 'a' after decimal point in numeric literal",
                "1ea          | invalid character 'a' in exponent of numeric literal",
                "\"\\x\"      | invalid character 'x' in string escape code",
                "\"\\u12g\"   | invalid character 'g' in \\u hexadecimal character escape",
                "{\"a\":      | unexpected end of JSON input",
                "`\"`         | unexpected end of JSON input",
                "'            | invalid character '\\'' looking for beginning of value",
            })
    void saysWhereItStops(String text, String problem) {
        assertThat(JsonSyntax.problem(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e4\\n\"}",
                " true ",
                "-0.5e+3",
                "\"x\"",
                "[[],[{}]]"
            })
    void findsNothingInJson(String text) {
        assertThat(JsonSyntax.problem(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void doesNotCallItselfForEachLevel() {
        byte[] deep = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        assertThat(JsonSyntax.problem(deep)).isEqualTo("unexpected end of JSON input");
    }

    @Test
    void showsControlCharactersByTheirNumbers() {
        assertThat(JsonSyntax.problem("\"a\u0001\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("invalid character '\\x01' in string literal");
    }
}
