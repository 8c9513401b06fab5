package io.edgemc.c2p.ledger;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.c2p.normalise.MergedForm;
import io.edgemc.changelog.PositionRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes new versions of served objects; an object that is as it was gets none. */
final class VersionWriter {
    private static final String CURRENT = "select position, digest from object_version where cluster_uid = ?"
            + " and grp = ? and resource = ? and namespace = ? and name = ? and superseded_at is null";
    private static final String SUPERSEDE =
            "update object_version set superseded_at = ?, superseded_on = now() where position = ?";
    private static final String PUT = "insert into object_version (position, cluster_uid, cluster, grp, resource,"
            + " namespace, name, merged_name, uid, digest, body, deleted)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)";
    // A removal is a version that is over at once: it is there for watches only.
    private static final String REMOVE = "insert into object_version (position, cluster_uid, cluster, grp, resource,"
            + " namespace, name, merged_name, uid, digest, body, deleted, superseded_at, superseded_on)"
            + " select ?, cluster_uid, cluster, grp, resource, namespace, name, merged_name, uid, digest, body, true, ?,"
            + " now() from object_version where position = ?";

    /** A version to write; {@code replaces} is the position of the one that it ends. */
    private sealed interface Version {
        record Put(ServedKey key, @Nullable Long replaces, String uid, Digest digest, byte[] body) implements Version {}

        record Remove(Long replaces) implements Version {}

        @Nullable
        Long replaces();
    }

    private final Connection connection;
    private final List<Version> versions;

    private VersionWriter(Connection connection, List<Version> versions) {
        this.connection = connection;
        this.versions = versions;
    }

    static VersionWriter of(Connection connection, Map<ServedKey, @Nullable ObjectNode> objects) throws SQLException {
        List<Version> versions = new ArrayList<>();
        try (PreparedStatement current = connection.prepareStatement(CURRENT)) {
            for (Map.Entry<ServedKey, @Nullable ObjectNode> object : objects.entrySet()) {
                Version version = version(current, object.getKey(), object.getValue());
                if (version != null) {
                    versions.add(version);
                }
            }
        }
        return new VersionWriter(connection, versions);
    }

    private static @Nullable Version version(PreparedStatement current, ServedKey key, @Nullable ObjectNode object)
            throws SQLException {
        current.setString(1, key.clusterUid());
        current.setString(2, key.group());
        current.setString(3, key.resource());
        current.setString(4, key.namespace());
        current.setString(5, key.name());
        try (ResultSet row = current.executeQuery()) {
            Long before = row.next() ? row.getLong(1) : null;
            if (object == null) {
                return before == null ? null : new Version.Remove(before);
            }
            byte[] body = CanonicalJson.bytes(object);
            Digest digest = Digest.sha256(body);
            if (before != null && Digest.of(row.getBytes(2)).equals(digest)) {
                return null;
            }
            String uid = object.path("metadata").path("uid").asString("");
            return new Version.Put(key, before, uid, digest, body);
        }
    }

    /** How many positions they need. */
    int count() {
        return versions.size();
    }

    void write(PositionRange positions) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        try (PreparedStatement supersede = connection.prepareStatement(SUPERSEDE);
                PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (int i = 0; i < versions.size(); i++) {
                Version version = versions.get(i);
                long position = positions.at(i);
                Long replaces = version.replaces();
                if (replaces != null) {
                    supersede.setLong(1, position);
                    supersede.setLong(2, replaces);
                    supersede.addBatch();
                }
                switch (version) {
                    case Version.Put object -> put(put, object, position);
                    case Version.Remove old -> remove(remove, old, position);
                }
            }
            supersede.executeBatch();
            put.executeBatch();
            remove.executeBatch();
        }
    }

    private static void put(PreparedStatement put, Version.Put version, long position) throws SQLException {
        ServedKey key = version.key();
        put.setLong(1, position);
        put.setString(2, key.clusterUid());
        put.setString(3, key.cluster());
        put.setString(4, key.group());
        put.setString(5, key.resource());
        put.setString(6, key.namespace());
        put.setString(7, key.name());
        put.setString(8, key.mergedOnly() ? key.name() : MergedForm.name(key.cluster(), key.name()));
        put.setString(9, version.uid());
        put.setBytes(10, version.digest().bytes());
        put.setBytes(11, version.body());
        put.addBatch();
    }

    private static void remove(PreparedStatement remove, Version.Remove version, long position) throws SQLException {
        remove.setLong(1, position);
        remove.setLong(2, position);
        remove.setLong(3, version.replaces());
        remove.addBatch();
    }
}
