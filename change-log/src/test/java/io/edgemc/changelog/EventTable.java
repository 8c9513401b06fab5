package io.edgemc.changelog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The table that the tests follow. */
final class EventTable {
    private EventTable() {}

    record Row(long position, String text) {}

    static void create(Connection connection) throws Exception {
        try (var sql = ChangeLog.class.getResourceAsStream("V0001__change_log.sql");
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            statement.execute(
                    "create table event (key text primary key, position bigint not null, text text not null)");
            statement.execute("create index on event (position)");
        }
    }

    static void upsert(Connection connection, String key, long position, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into event values (?, ?, ?)"
                + " on conflict (key) do update set position = excluded.position, text = excluded.text")) {
            insert.setString(1, key);
            insert.setLong(2, position);
            insert.setString(3, text);
            insert.executeUpdate();
        }
    }

    static ChangeSource<Row> source(int limit) {
        return (connection, after) -> {
            List<Row> rows = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select position, text from event where position > ? order by position limit ?")) {
                select.setLong(1, after);
                select.setInt(2, limit);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        rows.add(new Row(found.getLong(1), found.getString(2)));
                    }
                }
            }
            long through = rows.isEmpty() ? after : rows.getLast().position();
            return new ChangeBatch<>(rows, through, rows.size() == limit);
        };
    }
}
