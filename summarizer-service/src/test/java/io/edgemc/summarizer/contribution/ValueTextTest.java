package io.edgemc.summarizer.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.json.ApiJson;
import io.edgemc.summarizer.expression.ExpressionFailure;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ValueTextTest {
    @Property(tries = 500)
    void textsOfNumbersSortAsTheNumbersDo(@ForAll double a, @ForAll double b) {
        String first = ValueText.ofNumber(BigDecimal.valueOf(a));
        String second = ValueText.ofNumber(BigDecimal.valueOf(b));

        assertThat(Integer.signum(first.substring(0, 16).compareTo(second.substring(0, 16))))
                .isEqualTo(a + 0.0 == b + 0.0 ? 0 : a < b ? -1 : 1);
        assertThat(ValueText.number(first)).isEqualByComparingTo(BigDecimal.valueOf(a));
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        for (String number : List.of("1e999999999", "1e-999999999", "\"7\"")) {
            assertThatThrownBy(() -> ValueText.requireNumber(ApiJson.MAPPER.readTree(number)))
                    .isInstanceOf(ExpressionFailure.class);
        }
    }

    @Test
    void differentValuesHaveDifferentTexts() {
        assertThat(ValueText.of(ApiJson.MAPPER.readTree("\"1\"")))
                .isNotEqualTo(ValueText.of(ApiJson.MAPPER.readTree("1")));
        String longText = "\"" + "x".repeat(1_000) + "\"";
        assertThat(ValueText.of(ApiJson.MAPPER.readTree(longText))).hasSizeLessThan(80);
    }
}
