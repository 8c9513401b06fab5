package io.edgemc.c2p.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AdvancesTest {
    private final Database database = TestPostgres.freshDatabase();
    private final DriverManagerDataSource pool =
            new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    private final AtomicInteger refusals = new AtomicInteger();
    private final CommitSignal commits = new CommitSignal();
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    AdvancesTest() {
        Flyway.configure()
                .dataSource(pool)
                .locations(ChangeLog.MIGRATIONS)
                .load()
                .migrate();
    }

    @Test
    void theLastCommitIsToldAlsoIfTheDatabaseWasAwayWhenItCame() throws Exception {
        try (Advances advances = new Advances(new Failing(), commits)) {
            advances.listen(told::add);
            refusals.set(3);

            // When there is one commit, and none after it
            long position = commit();

            // Then
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(position);
        }
    }

    @Test
    void aViewThatFailsKeepsNobodyFromBeingTold() throws Exception {
        try (Advances advances = new Advances(new Failing(), commits)) {
            advances.listen(position -> {
                throw new IllegalStateException("this view is in trouble");
            });
            advances.listen(told::add);

            // When
            long first = commit();
            Long toldFirst = told.poll(10, TimeUnit.SECONDS);
            long second = commit();

            // Then
            assertThat(toldFirst).isEqualTo(first);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(second);
        }
    }

    private long commit() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            long position = ChangeLog.position(connection, 1).last();
            connection.commit();
            commits.committed();
            return position;
        }
    }

    /** The real database, which refuses connections for a while. */
    private final class Failing extends DelegatingDataSource {
        Failing() {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("the database is away");
            }
            return super.getConnection();
        }
    }
}
