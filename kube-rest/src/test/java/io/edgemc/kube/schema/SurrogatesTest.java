package io.edgemc.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogatesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, plain",
                "\\ud800, \\ufffd",
                "\\uDC00x, \\ufffdx",
                "\\ud83d\\ude00, \\ud83d\\ude00",
                "\\ud83d\\ud83d\\ude00, \\ufffd\\ud83d\\ude00",
                "\\ude00\\ud83d, \\ufffd\\ufffd",
                "\\\\ud800, \\\\ud800",
                "\\\\\\ud800, \\\\\\ufffd",
                "\\ud8, \\ud8",
                "\\u, \\u",
                "\\u00e4\\n, \\u00e4\\n"
            })
    void halvesInEscapesAreReplaced(String json, String repaired) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(new String(Surrogates.repaired(bytes), StandardCharsets.UTF_8))
                .isEqualTo(repaired);
    }

    @Test
    void whatIsWholeIsNotCopied() {
        byte[] bytes = "{\"a\":\"\\ud83d\\ude00\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Surrogates.repaired(bytes)).isSameAs(bytes);
        assertThat(Surrogates.repaired("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
        assertThat(Surrogates.repaired("a\ud83db")).isEqualTo("a\ufffdb");
    }
}
