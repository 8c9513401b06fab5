package io.edgemc.mailbox.content;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestWalk;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.ChangeLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Marks of contents that some state needs, in a table of this connection alone: memory here does not grow with what is stored. An
 * old state of which parts are gone already is marked as far as it is there.
 */
final class NeededContents implements ManifestWalk.Marks<SQLException>, AutoCloseable {
    private static final String ALL = "select target_state from mailbox "
            + "union select applied_state from mailbox where applied_state is not null "
            + "union select to_state from target_history "
            + "union select from_state from target_history where at > ?";
    private static final String NEWS = "select target_state from mailbox where position > ? "
            + "union select to_state from target_history where last_position > ? "
            + "union select from_state from target_history where last_position > ?";

    private final Connection connection;
    private long markedUpTo;

    /**
     * Marks what is needed now.
     *
     * @param lookBack from when on watches may ask for the steps of targets
     */
    NeededContents(Connection connection, Instant lookBack) throws SQLException {
        this.connection = connection;
        execute("create temporary table if not exists needed_content (digest bytea primary key)");
        execute("truncate needed_content");
        markedUpTo = ChangeLog.current(connection);
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            select.setTimestamp(1, Timestamp.from(lookBack));
            mark(select);
        }
        execute("analyze needed_content");
    }

    /** Marks what targets came to need since the last look. */
    void markNews() throws SQLException {
        long now = ChangeLog.current(connection);
        try (PreparedStatement select = connection.prepareStatement(NEWS)) {
            for (int parameter = 1; parameter <= 3; parameter++) {
                select.setLong(parameter, markedUpTo);
            }
            mark(select);
        }
        markedUpTo = now;
    }

    private void mark(PreparedStatement states) throws SQLException {
        Set<Digest> manifests = new HashSet<>();
        try (ResultSet row = states.executeQuery()) {
            while (row.next()) {
                TargetState state = TargetState.parse(row.getString(1));
                manifests.add(state.manifest());
                manifests.add(state.overlay());
            }
        }
        ManifestWalk.from(manifests, this);
    }

    @Override
    public Collection<ManifestNode> nodes(Set<Digest> digests) throws SQLException {
        List<ManifestNode> nodes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select body from content where digest = any(?)")) {
            select.setArray(1, array(add(digests)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    nodes.add(ManifestNode.parse(row.getBytes(1)));
                }
            }
        }
        return nodes;
    }

    @Override
    public void contents(Set<Digest> digests) throws SQLException {
        add(digests);
    }

    /** Those of the digests that are marked. */
    Set<Digest> among(Collection<Digest> digests) throws SQLException {
        return digests("select digest from needed_content where digest = any(?)", digests);
    }

    /** Those that were not marked before. */
    private Set<Digest> add(Set<Digest> digests) throws SQLException {
        return digests("insert into needed_content select unnest(?) on conflict do nothing returning digest", digests);
    }

    private Set<Digest> digests(String sql, Collection<Digest> parameter) throws SQLException {
        Set<Digest> digests = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(parameter));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    digests.add(Digest.of(row.getBytes(1)));
                }
            }
        }
        return digests;
    }

    private java.sql.Array array(Collection<Digest> digests) throws SQLException {
        return connection.createArrayOf("bytea", ContentStore.bytes(digests));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("drop table if exists needed_content");
    }
}
