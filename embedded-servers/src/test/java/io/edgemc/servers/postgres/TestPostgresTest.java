package io.edgemc.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void freshDatabasesAreEmptyAndSeparate() throws SQLException {
        // Given
        Database first = TestPostgres.freshDatabase();
        execute(first, "CREATE TABLE only_here (id int)");

        // When
        Database second = TestPostgres.freshDatabase();

        // Then
        assertThat(tables(first)).isEqualTo(1);
        assertThat(tables(second)).isZero();
        assertThat(second.toString()).doesNotContain(second.password() + "]").doesNotContain("password");
    }

    static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Database database, String query) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private static long tables(Database database) throws SQLException {
        return number(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    }
}
