package io.edgemc.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.stack.HubState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningHubTest {
    private static final HubState RUNS = new HubState(4711, Instant.EPOCH, Map.of("gateway", "https://127.0.0.1:7443"));

    @ParameterizedTest
    @CsvSource({
        "    , false, false",
        "7443, false, false",
        "0   , false, false",
        "    , false, true",
        "    , true,  true",
    })
    void aSecondUpThatAsksForWhatRunsIsFine(@Nullable Integer port, boolean ephemeral, boolean marked) {
        assertThatCode(() -> RunningHub.require(RUNS, port, ephemeral, marked)).doesNotThrowAnyException();
    }

    @Test
    void anotherPortIsRefused() {
        assertThatThrownBy(() -> RunningHub.require(RUNS, 9000, false, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("https://127.0.0.1:7443")
                .hasMessageContaining("port 9000")
                .hasMessageContaining("edge-mc down");
    }

    @Test
    void dataThatStaysIsNotThrownAwayAfterAll() {
        assertThatThrownBy(() -> RunningHub.require(RUNS, null, true, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("its data stays");
    }
}
