package io.edgemc.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.process.ChildJvm;
import io.edgemc.servers.process.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCrashTest {
    @TempDir
    Path folder;

    /** Starts a server and writes numbered rows for ever; says each number after its commit. */
    static final class Writer {
        public static void main(String[] arguments) throws SQLException {
            EmbeddedPostgresServer server =
                    EmbeddedPostgresServer.start(PostgresOptions.durable(Path.of(arguments[0])));
            Database database = server.createDatabase("ledger", "clerk", "secret");
            System.out.println("pid " + server.pid());
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE entry (id int PRIMARY KEY)");
                for (int id = 1; ; id++) {
                    statement.execute("INSERT INTO entry VALUES (" + id + ")");
                    System.out.println("wrote " + id);
                }
            }
        }
    }

    @Test
    void killedJvmLeavesAServerThatTheNextStartEndsWithoutLosingARow() throws Exception {
        // Given
        Path data = folder.resolve("pg");
        ProcessHandle orphan;
        List<String> written;
        try (ChildJvm writer = ChildJvm.start(Writer.class, folder.resolve("errors"), data.toString())) {
            orphan = ProcessHandle.of(Long.parseLong(writer.next("pid "))).orElseThrow();
            writer.next("wrote 5");
            written = writer.kill("wrote ");
        }
        assertThat(orphan.isAlive()).isTrue();

        // When
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(PostgresOptions.durable(data))) {

            // Then
            assertThat(server.pid()).isNotEqualTo(orphan.pid());
            Database database = server.createDatabase("ledger", "clerk", "another secret");
            long last = written.isEmpty() ? 5 : Long.parseLong(written.getLast());
            assertThat(TestPostgresTest.number(database, "SELECT count(*) FROM entry WHERE id <= " + last))
                    .isEqualTo(last);
            assertThat(Files.readString(server.logFile())).doesNotContain("secret");
        }
    }

    @Test
    void aServerThatWasKilledItselfStartsAgain() throws Exception {
        // Given
        Path data = folder.resolve("pg");
        PostgresOptions options = PostgresOptions.fast(data);
        try (EmbeddedPostgresServer first = EmbeddedPostgresServer.start(options)) {
            Database database = first.createDatabase("ledger", "clerk", "secret");
            TestPostgresTest.execute(database, "CREATE TABLE entry AS SELECT 42 AS id");
            Signal.KILL.end(ProcessHandle.of(first.pid()).orElseThrow(), Duration.ofSeconds(10));
        }
        assertThat(data.resolve("data/postmaster.pid")).exists();

        // When
        try (EmbeddedPostgresServer second = EmbeddedPostgresServer.start(options)) {

            // Then
            assertThat(TestPostgresTest.number(second.database("ledger", "clerk", "secret"), "SELECT id FROM entry"))
                    .isEqualTo(42);
        }
    }

    @Test
    void whatIsInTheWayIsSaid() {
        try (EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(PostgresOptions.fast(folder.resolve("one")))) {
            PostgresOptions sameData = PostgresOptions.fast(folder.resolve("one"));
            PostgresOptions samePort =
                    PostgresOptions.fast(folder.resolve("two")).withPort(server.port());

            assertThatThrownBy(() -> EmbeddedPostgresServer.start(sameData))
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("server.directory-in-use"));
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(samePort))
                    .hasMessageContaining("Port " + server.port())
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("server.port-in-use"));
        }
    }
}
