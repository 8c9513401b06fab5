package io.edgemc.placement.postgres;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestWalk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks of contents that are needed, in a table of this connection alone: memory here does not grow with what is stored. */
final class ContentMarks implements ManifestWalk.Marks<SQLException>, AutoCloseable {
    private final Connection connection;
    private final Pace pace;

    ContentMarks(Connection connection, Pace pace) throws SQLException {
        this.connection = connection;
        this.pace = pace;
        execute("create temporary table if not exists content_mark (digest text primary key)");
        execute("truncate content_mark");
    }

    @Override
    public Collection<ManifestNode> nodes(Set<Digest> digests) throws SQLException {
        Set<String> fresh = new HashSet<>(mark(digests));
        List<ManifestNode> nodes = new ArrayList<>(fresh.size());
        try (PreparedStatement select =
                connection.prepareStatement("select digest, bytes from content where digest = any(?) and not gone")) {
            select.setArray(1, connection.createArrayOf("text", fresh.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    nodes.add(ManifestNode.parse(row.getBytes(2)));
                    fresh.remove(row.getString(1));
                }
            }
        }
        if (!fresh.isEmpty()) {
            // What lies below it is not known to be needed or not, so nothing can be said of any content.
            throw new IllegalStateException("a target needs a node that is not stored: " + fresh);
        }
        rest();
        return nodes;
    }

    @Override
    public void contents(Set<Digest> digests) throws SQLException {
        mark(digests);
        rest();
    }

    /** Lets the planner know how many marks there are. */
    void complete() throws SQLException {
        execute("analyze content_mark");
    }

    /** Those of the digests that are marked. */
    Set<String> marked(Collection<String> digests) throws SQLException {
        return texts("select digest from content_mark where digest = any(?)", digests);
    }

    private Set<String> mark(Set<Digest> digests) throws SQLException {
        return texts(
                "insert into content_mark select unnest(?) on conflict do nothing returning digest",
                digests.stream().map(Digest::hex).toList());
    }

    private Set<String> texts(String sql, Collection<String> digests) throws SQLException {
        Set<String> texts = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    private void rest() throws SQLException {
        try {
            pace.rest();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLException("stopped while marking contents", stopped);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("drop table if exists content_mark");
    }
}
