package io.edgemc.c2p.ledger;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.PositionRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All writes of this service. One transaction at a time, over all replicas: totals are moved by differences, and two writers
 * would each take theirs from what they read. Batches, not parallel writers, make it fast.
 */
public final class Ledger {
    /** Any number that no other lock of this database has. */
    private static final long WRITER = 0x6332705f77726974L;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final CommitSignal commits;

    public Ledger(JdbcTemplate jdbc, TransactionTemplate transactions, CommitSignal commits) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.commits = commits;
    }

    /** Runs the work in a transaction; what it put into its changes gets positions, last, and followers are told. */
    public void run(Consumer<Changes> work) {
        boolean moved = Objects.requireNonNull(transactions.execute(status -> {
            jdbc.execute((ConnectionCallback<Boolean>) connection -> lock(connection));
            Changes changes = new Changes();
            work.accept(changes);
            return Objects.requireNonNull(
                    jdbc.execute((ConnectionCallback<Boolean>) connection -> write(connection, changes)));
        }));
        if (moved) {
            commits.committed();
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, WRITER);
            return statement.execute();
        }
    }

    private boolean write(Connection connection, Changes changes) throws SQLException {
        VersionWriter versions = VersionWriter.of(connection, changes.objects());
        int count = versions.count() + changes.transitions().size();
        if (count == 0) {
            return false;
        }
        PositionRange positions = ChangeLog.position(connection, count, commits);
        versions.write(positions);
        int next = versions.count();
        try (var upsert = connection.prepareStatement("insert into transition (key, position, data) values (?, ?, ?)"
                + " on conflict (key) do update set position = excluded.position, data = excluded.data")) {
            for (var transition : changes.transitions().entrySet()) {
                upsert.setString(1, transition.getKey());
                upsert.setLong(2, positions.at(next++));
                upsert.setString(3, transition.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        return true;
    }
}
