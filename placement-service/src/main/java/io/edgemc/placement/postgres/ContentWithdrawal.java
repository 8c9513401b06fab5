package io.edgemc.placement.postgres;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.PositionRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The end of contents: first their bytes go and the bus is told, later the row. */
final class ContentWithdrawal {
    /** Writers wait meanwhile. */
    private static final int WITHDRAWN_AT_ONCE = 200;

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final CommitSignal commits;
    private final Pace pace;

    ContentWithdrawal(CommitSignal commits, Pace pace) {
        this.commits = commits;
        this.pace = pace;
    }

    /** Withdraws those of the contents that nobody wrote again; returns how many. */
    int of(Connection connection, List<String> digests) throws SQLException, InterruptedException {
        int withdrawn = 0;
        for (int from = 0; from < digests.size(); from += WITHDRAWN_AT_ONCE) {
            withdrawn += some(connection, digests.subList(from, Math.min(digests.size(), from + WITHDRAWN_AT_ONCE)));
            pace.rest();
        }
        return withdrawn;
    }

    /** Under the counter's lock nobody can write them. */
    private int some(Connection connection, List<String> digests) throws SQLException {
        connection.setAutoCommit(false);
        try {
            ChangeLog.lock(connection);
            List<String> still = stillUnused(connection, digests);
            if (!still.isEmpty()) {
                PositionRange range = ChangeLog.position(connection, still.size(), commits);
                try (ArrayStatement<String> update = new ArrayStatement<>(
                        connection,
                        "update content c set gone = true, bytes = '', key_id = null, unused_since = null,"
                                + " position = u.position from unnest(?::text[], ?::bigint[]) as u(digest, position)"
                                + " where c.digest = u.digest",
                        still)) {
                    update.texts(digest -> digest);
                    update.positions(range, 0);
                    update.execute();
                }
            }
            connection.commit();
            if (!still.isEmpty()) {
                commits.committed();
            }
            return still.size();
        } finally {
            // Without effect after the commit.
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static List<String> stillUnused(Connection connection, List<String> digests) throws SQLException {
        List<String> still = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select digest from content where digest = any(?) and unused_since is not null and not gone")) {
            select.setArray(1, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    still.add(row.getString(1));
                }
            }
        }
        return still;
    }

    /** Rows whose tombstone every relay has passed on. One that is written again meanwhile is not gone any more, and stays. */
    void forgetPublished(Connection connection) throws SQLException, InterruptedException {
        int removed;
        do {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from content where digest in (select digest from content where gone"
                            + " and position <= (select min(position) from relay_cursor) limit " + FORGOTTEN_AT_ONCE
                            + " for update skip locked)")) {
                removed = delete.executeUpdate();
            }
            pace.rest();
        } while (removed == FORGOTTEN_AT_ONCE);
    }
}
