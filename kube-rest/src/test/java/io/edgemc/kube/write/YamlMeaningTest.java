package io.edgemc.kube.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file means in a space what it means to kubectl. */
class YamlMeaningTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes       | true",
                "Off       | false",
                "true      | true",
                "\"yes\"   | \"yes\"",
                "0644      | 420",
                "0o17      | 15",
                "0x1F      | 31",
                "1_000     | 1000",
                "-7        | -7",
                "1.5       | 1.5",
                "~         | null",
                "1.2.3     | \"1.2.3\"",
                "09        | 9",
                "2026-11-29| \"2026-11-29\"",
            })
    void aPlainScalarMeansWhatItMeansToGo(String scalar, String json) {
        SentBody body = YamlReader.read(("a: " + scalar).getBytes(StandardCharsets.UTF_8), 10);

        assertThat(body.node().path("a").toString()).isEqualTo(json);
    }
}
