package io.edgemc.placement;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestWalk;
import io.edgemc.api.target.TargetState;
import io.edgemc.servers.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads targets and all that they need from the tables, in one snapshot, as another service would have to. */
final class StoredTargets {
    private final Database database;

    StoredTargets(Database database) {
        this.database = database;
    }

    /**
     * Digests of everything that targets need.
     *
     * @throws AssertionError if something of it is not stored
     */
    Set<Digest> needed() {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Set<Digest> manifests = new HashSet<>();
            Set<Digest> needed = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("select state, combination from target");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    TargetState state = TargetState.parse(row.getString(1));
                    manifests.add(state.manifest());
                    manifests.add(state.overlay());
                    if (row.getString(2) != null) {
                        require(connection, Set.of(Digest.parse(row.getString(2))), needed);
                    }
                }
            }
            ManifestWalk.from(manifests, new ManifestWalk.Marks<SQLException>() {
                @Override
                public Collection<ManifestNode> nodes(Set<Digest> digests) throws SQLException {
                    return require(connection, digests, needed).stream()
                            .map(ManifestNode::parse)
                            .toList();
                }

                @Override
                public void contents(Set<Digest> digests) throws SQLException {
                    require(connection, digests, needed);
                }
            });
            return needed;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes of those that were not required before. */
    private static List<byte[]> require(Connection connection, Set<Digest> digests, Set<Digest> before)
            throws SQLException {
        List<byte[]> found = new ArrayList<>();
        for (Digest digest : digests) {
            if (before.add(digest)) {
                try (PreparedStatement select =
                        connection.prepareStatement("select bytes from content where digest = ? and not gone")) {
                    select.setString(1, digest.hex());
                    try (ResultSet row = select.executeQuery()) {
                        if (!row.next()) {
                            throw new AssertionError("a target needs " + digest + ", which is not stored");
                        }
                        found.add(row.getBytes(1));
                    }
                }
            }
        }
        return found;
    }

    /** How many rows the table of contents has, withdrawn ones included. */
    long rows() {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from content");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
