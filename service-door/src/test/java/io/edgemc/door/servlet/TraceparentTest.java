package io.edgemc.door.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
    private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aTraceGoesOn() {
        assertThat(Traceparent.continueOrStart(VALID)).isEqualTo(VALID);
        assertThat(Traceparent.traceId(VALID)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX: y",
            })
    void whatIsNoTraceStartsOne(@org.jspecify.annotations.Nullable String sent) {
        String made = Traceparent.continueOrStart(sent);
        assertThat(made).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(sent);
        assertThat(Traceparent.continueOrStart(made)).isEqualTo(made);
    }
}
