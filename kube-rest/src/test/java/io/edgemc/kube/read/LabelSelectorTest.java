package io.edgemc.kube.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.api.ApiError;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "1", "example.com/on", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=web            | true
            app==web           | true
            app = db           | false
            app!=db            | true
            none!=x            | true
            app in (web, db)   | true
            app notin (web)    | false
            none notin (x)     | true
            app                | true
            !app               | false
            !none              | true
            example.com/on=    | true
            tier>0             | true
            tier<1             | false
            app>1              | false
            app=web,tier=2     | false
            app=web , !none    | true
            """)
    void matches(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a in", "a in (", "a in (b", "=x", "a=b=c", "a,,b", "-a", "a=!", "tier>x", "a in (b) c"})
    void refuses(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).isInstanceOf(ApiError.class);
    }
}
