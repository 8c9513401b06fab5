package io.edgemc.c2p.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTest {
    @ParameterizedTest(name = "placed {0}, current {1}, {2} pass {3} fail {4} warn {5} error: {6}")
    @CsvSource({
        // placed, current, pass, fail, warn, error -> state
        "true , true , 3, 0, 0, 0, pass",
        "true , true , 3, 0, 1, 0, warn",
        "true , true , 3, 0, 1, 1, error",
        "true , true , 3, 1, 1, 1, fail",
        "true , true , 0, 0, 0, 0, unknown",
        "true , false, 3, 0, 0, 0, unknown",
        "true , false, 3, 0, 1, 0, unknown",
        "true , false, 3, 0, 0, 1, error",
        "true , false, 3, 1, 0, 0, fail",
        "true , false, 0, 0, 0, 0, unknown",
        "false, true , 3, 0, 0, 0, none",
        "false, true , 0, 1, 0, 0, none",
    })
    void stateOfAPolicyAtACluster(
            boolean placed, boolean current, long pass, long fail, long warn, long error, String expected) {
        // When
        State state = new PolicyAtCluster(placed, new Counts(pass, fail, warn, error), current).state();

        // Then
        assertThat(state == null ? "none" : state.text()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} pass {1} warn {2} unknown {3} error {4} fail: {5}, {6} compliant, {7} not")
    @CsvSource({
        "2, 0, 0, 0, 0, pass   , 2, 0",
        "2, 1, 0, 0, 0, warn   , 2, 1",
        "2, 1, 1, 0, 0, unknown, 2, 1",
        "2, 1, 1, 1, 0, error  , 2, 2",
        "2, 1, 1, 1, 1, fail   , 2, 3",
        "0, 0, 1, 0, 0, unknown, 0, 0",
    })
    void stateOfATotal(
            long pass, long warn, long unknown, long error, long fail, String state, long compliant, long not) {
        // Given
        Members members = new Members(pass, warn, unknown, error, fail);

        // Then
        assertThat(new Tally(Counts.NONE, members).state())
                .extracting(State::text)
                .isEqualTo(state);
        assertThat(members.compliant(false)).isEqualTo(compliant);
        assertThat(members.nonCompliant(false)).isEqualTo(not);
        assertThat(members.compliant(true) + members.nonCompliant(true)).isEqualTo(compliant + not);
    }
}
