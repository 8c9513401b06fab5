package io.edgemc.placement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.placement.space.LedgerException;
import io.edgemc.placement.space.LedgerException.Reason;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "53100, DISK_FULL, disk of the database is full",
        "53300, OVERLOADED, out of connections",
        "08006, UNREACHABLE, cannot be reached",
        "57P01, UNREACHABLE, cannot be reached",
        "57P03, UNREACHABLE, cannot be reached",
        "58030, UNREACHABLE, cannot be reached",
        "23505, REFUSED, see the log",
    })
    void aSqlStateIsSaidInWords(String state, Reason reason, String words) {
        // When
        LedgerException failure = Failures.of(new SQLException("secret detail", state));

        // Then
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(words).message().doesNotContain("secret");
    }
}
