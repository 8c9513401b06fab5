package io.edgemc.summarizer.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void isReadBackFromItsText() {
        Position position = new Position(Instant.ofEpochMilli(1_764_000_000_000L), Map.of(0, 12L, 3, 7L));

        assertThat(position.text()).isEqualTo("1764000000000_0-12.3-7");
        assertThat(Position.parse(position.text())).hasValue(position);
        assertThat(Position.parse(Position.START.text())).hasValue(Position.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "12", "_", "1_0", "1_0-", "1_-3", "1_0-1.", "1_0-1\n", "1_0-99999999999999999999"})
    void refusesWhatIsNotOne(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }
}
