package io.edgemc.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantities have one text each. */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1000m, 1",
        "1500m, 1500m",
        "0.5, 500m",
        "1024Mi, 1Gi",
        "1023Mi, 1023Mi",
        "1.5Gi, 1536Mi",
        "0.1Gi, 107374182400m",
        "2000, 2k",
        "1e3, 1e3",
        "12E, 12E",
        "-3, -3"
    })
    void areWrittenInTheirCanonicalForm(String text, String canonical) {
        assertThat(String.valueOf(Quantity.parsed(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "1 Gi", "1e", "Gi", "1.2.3", "1ki"})
    void otherTextsAreNone(String text) {
        assertThat(Quantity.parsed(text)).isNull();
    }
}
