package io.edgemc.changelog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The durable place of one relay, and the lock that lets one replica publish at a time. */
final class RelayCursor {
    private final String name;

    RelayCursor(String name) {
        this.name = name;
    }

    void createIfAbsent(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into relay_cursor (name, position) values (?, 0) on conflict do nothing")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    /** Reads the cursor and keeps every other replica out until the transaction ends. */
    long lock(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select position from relay_cursor where name = ? for update")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("relay_cursor has no row " + name);
                }
                return row.getLong(1);
            }
        }
    }

    void store(Connection connection, long position) throws SQLException {
        try (Statement local = connection.createStatement()) {
            // A cursor that a crash sets back makes the relay send again, which receivers bear; waiting for the disk is
            // not
            // worth the delay of everything that queues behind it.
            local.execute("set local synchronous_commit = off");
        }
        try (PreparedStatement update =
                connection.prepareStatement("update relay_cursor set position = ? where name = ?")) {
            update.setLong(1, position);
            update.setString(2, name);
            update.executeUpdate();
        }
    }
}
