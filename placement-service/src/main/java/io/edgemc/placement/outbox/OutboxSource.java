package io.edgemc.placement.outbox;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.ChangeBatch;
import io.edgemc.changelog.ChangeSource;
import io.edgemc.placement.outbox.OutboxRow.ClusterGone;
import io.edgemc.placement.outbox.OutboxRow.ClusterRow;
import io.edgemc.placement.outbox.OutboxRow.ContentGone;
import io.edgemc.placement.outbox.OutboxRow.ContentRow;
import io.edgemc.placement.outbox.OutboxRow.EventRow;
import io.edgemc.placement.outbox.OutboxRow.TargetRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads all state tables by one statement, in the order of positions; within a commit contents have the smaller ones, so they
 * come before the targets that need them.
 */
public final class OutboxSource implements ChangeSource<OutboxRow> {
    private static final int MAX_ROWS = 2_000;
    private static final long MAX_BYTES = 16L << 20;
    private static final int FETCH_ROWS = 250;
    private static final String SELECT = """
            select position, 'content' as source, digest as key, kind as text, key_id as other, null::bigint as revision,
                   null::bigint as since, null::text as trace, null::text as written_at, bytes, gone
              from content where position > ?
            union all
            select position, 'cluster', uid, record, null, null, null, null, null, null, gone
              from cluster where position > ?
            union all
            select position, 'target', cluster_uid, state, combination, revision, since, traceparent, written_at, null, false
              from target where position > ?
            union all
            select position, 'event', key, event, null, null, null, null, null, null, false
              from fleet_event where position > ?
            order by position limit %d""".formatted(MAX_ROWS);
    private static final int TABLES = 4;

    @Override
    public ChangeBatch<OutboxRow> read(Connection connection, long after) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        long bytes = 0;
        boolean more = false;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (int table = 1; table <= TABLES; table++) {
                select.setLong(table, after);
            }
            select.setFetchSize(FETCH_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read(row));
                    byte[] content = row.getBytes("bytes");
                    bytes += content == null ? 0 : content.length;
                    if (bytes >= MAX_BYTES) {
                        more = true;
                        break;
                    }
                }
            }
        }
        long through = rows.isEmpty() ? after : rows.getLast().position();
        return new ChangeBatch<>(rows, through, more || rows.size() == MAX_ROWS);
    }

    private static OutboxRow read(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        String key = row.getString("key");
        String text = row.getString("text");
        boolean gone = row.getBoolean("gone");
        return switch (row.getString("source")) {
            case "content" ->
                gone
                        ? new ContentGone(position, key)
                        : new ContentRow(
                                position,
                                new Content(
                                        Digest.parse(key),
                                        ContentKind.valueOf(text),
                                        row.getBytes("bytes"),
                                        row.getString("other")));
            case "cluster" ->
                gone
                        ? new ClusterGone(position, key)
                        : new ClusterRow(position, ApiJson.MAPPER.readValue(text, ClusterRecord.class));
            case "target" ->
                new TargetRow(
                        position,
                        new Target(
                                key,
                                row.getLong("revision"),
                                TargetState.parse(text),
                                digest(row.getString("other")),
                                row.getLong("since"),
                                row.getString("trace"),
                                row.getString("written_at")));
            default -> new EventRow(position, key, text);
        };
    }

    private static @Nullable Digest digest(@Nullable String hex) {
        return hex == null ? null : Digest.parse(hex);
    }
}
