package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.report.ClusterReport;
import io.edgemc.changelog.ChangeBatch;
import io.edgemc.mailbox.testing.TestHub;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ClusterReportsTest {
    private final TestHub hub = TestHub.shared();

    @Test
    void the_relay_goes_on_behind_all_that_it_read() throws Exception {
        // Given some edges in session, and a moment in which nobody else writes
        try (Reporter one = new Reporter();
                Reporter other = new Reporter();
                Connection connection = hub.bean(DataSource.class).getConnection()) {
            assertThat(one.cluster()).isNotEqualTo(other.cluster());
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                // When
                ChangeBatch<ClusterReport> batch =
                        new ClusterReports(hub.publisher(), Clock.systemUTC()).read(connection, 0);
                // Then
                assertThat(batch.rows()).hasSizeGreaterThan(1);
                assertThat(batch.more()).isFalse();
                assertThat(batch.through()).isEqualTo(last(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    private static long last(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(report_position) from mailbox")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
