package io.edgemc.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { "b" : 1, "a" : [ true, null ] }   | {"a":[true,null],"b":1}
            1.50                                | 1.5
            1.0                                 | 1
            -0.0                                | 0
            1e3                                 | 1000
            123456789012345678901234567890      | 123456789012345678901234567890
            0.000001                            | 0.000001
            "\\u00e9\\u0001\\/"                 | "é\\u0001/"
            """)
    void hasOneFormForAValue(String json, String canonical) {
        assertThat(new String(CanonicalJson.bytes(CanonicalJson.parse(utf8(json))), StandardCharsets.UTF_8))
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"a":2}
            {"a":1} trailing
            1e999999999
            {
            """)
    void refusesWhatHasNoOneForm(String json) {
        assertThatThrownBy(() -> CanonicalJson.bytes(CanonicalJson.parse(utf8(json))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesDeepNesting() {
        byte[] deep = utf8("[".repeat(CanonicalJson.MAX_DEPTH + 1) + "]".repeat(CanonicalJson.MAX_DEPTH + 1));
        assertThatThrownBy(() -> CanonicalJson.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
