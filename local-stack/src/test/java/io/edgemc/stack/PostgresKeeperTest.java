package io.edgemc.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresKeeperTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aServerThatDiesIsStartedAgainOnItsPortWithItsData() throws SQLException {
        try (PostgresKeeper keeper = PostgresKeeper.start(PostgresOptions.fast(folder.resolve("pg")))) {
            // Given a server with a row
            EmbeddedPostgresServer first = keeper.server();
            try (Connection connection = first.superuser();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 7 as value");
            }
            // When it is killed, twice
            EmbeddedPostgresServer second = killed(keeper, first);
            EmbeddedPostgresServer third = killed(keeper, second);
            // Then it runs on the same port, and the row is there
            assertThat(third.port()).isEqualTo(first.port());
            try (Connection connection = third.superuser();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select value from kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
        }
    }

    @Test
    void aServerThatIsEndedByItsKeeperStaysAway() {
        // Given
        PostgresKeeper keeper = PostgresKeeper.start(PostgresOptions.fast(folder.resolve("pg")));
        EmbeddedPostgresServer server = keeper.server();
        // When
        keeper.close();
        // Then it has ended, and its directory is free for the next
        assertThat(server.isAlive()).isFalse();
        assertThat(keeper.server()).isSameAs(server);
        PostgresKeeper.start(PostgresOptions.fast(folder.resolve("pg"))).close();
    }

    private static EmbeddedPostgresServer killed(PostgresKeeper keeper, EmbeddedPostgresServer server) {
        Signal.KILL.end(ProcessHandle.of(server.pid()).orElseThrow(), LIMIT);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (keeper.server() == server) {
            assertThat(System.nanoTime()).as("started again in time").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
        return keeper.server();
    }
}
