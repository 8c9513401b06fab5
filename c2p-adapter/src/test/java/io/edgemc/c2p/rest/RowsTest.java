package io.edgemc.c2p.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.state.State;
import io.edgemc.c2p.state.Tally;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void whatHasNoStateIsUnknown() {
        assertThat(Rows.text(Tally.NOTHING.state())).isEqualTo("unknown");
        assertThat(Rows.text(State.PASS)).isEqualTo("pass");
    }
}
