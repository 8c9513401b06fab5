package io.edgemc.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSizeTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "abc | 3",
                "a{10} | 10",
                "(ab){3} | 9",
                "((a{10}){10}){10} | 1110",
                "a{2,5} | 5",
                "a{3,} | 3",
                "[a-z]{4} | 12",
                "a{x} | 4"
            })
    void repetitionsMultiply(String regex, long steps) {
        assertThat(RegexSize.steps(regex)).isEqualTo(steps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                "^(a+)+$",
                "^.{1,1000}$",
                "[]a]{3}\\{",
                "(",
                ""
            })
    void whatPeopleWriteIsSmall(String regex) {
        RegexSize.check(regex);
    }

    @Test
    void whatWouldTakeAllMemoryIsRefused() {
        for (String regex : new String[] {"((a{1000}){1000}){1000}", "(".repeat(2000), "a".repeat(70_000)}) {
            assertThatThrownBy(() -> RegexSize.check(regex)).isInstanceOf(PatternSyntaxException.class);
        }
    }
}
