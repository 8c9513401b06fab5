package io.edgemc.placement.postgres;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.ApiJson;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of {@code object_version} as objects. Opens sealed bodies. */
final class VersionRows {
    /** What {@link #stored} reads of a row named {@code v}. */
    static final String STORED_COLUMNS =
            "v.api_group, v.resource, v.namespace, v.name, v.uid, v.position, v.labels, v.body, v.splice, v.key_id";

    /** What {@link #version} reads besides. */
    static final String VERSION_COLUMNS = STORED_COLUMNS
            + ", v.view, v.tombstone, v.content_position, v.revision, v.actor, v.request_id, v.traceparent, v.committed_at";

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final KeyRing keys;

    VersionRows(KeyRing keys) {
        this.keys = keys;
    }

    StoredObject stored(ResultSet row) throws SQLException {
        return stored(row, 1);
    }

    /** @param first index of the first of the stored columns */
    StoredObject stored(ResultSet row, int first) throws SQLException {
        Version.Body body = body(row, first);
        return new StoredObject(
                new KindRef(row.getString(first), row.getString(first + 1)),
                row.getString(first + 2),
                row.getString(first + 3),
                row.getString(first + 4),
                row.getLong(first + 5),
                body.labels(),
                body.bytes(),
                body.splice());
    }

    Version version(ResultSet row, @Nullable StoredObject previous) throws SQLException {
        ObjectRef ref = new ObjectRef(
                new View(row.getString("view")),
                new KindRef(row.getString("api_group"), row.getString("resource")),
                row.getString("namespace"),
                row.getString("name"));
        return new Version(
                ref,
                row.getLong("position"),
                row.getString("uid"),
                row.getBoolean("tombstone") ? null : body(row, 1),
                previous,
                row.getLong("content_position"),
                row.getLong("revision"),
                new Version.Origin(row.getString("actor"), row.getString("request_id"), row.getString("traceparent")),
                row.getObject("committed_at", OffsetDateTime.class).toInstant());
    }

    private Version.Body body(ResultSet row, int first) throws SQLException {
        byte[] bytes = row.getBytes(first + 7);
        String keyId = row.getString(first + 9);
        return new Version.Body(
                labels(row.getString(first + 6)),
                keyId == null ? bytes : keys.open(keyId, bytes),
                row.getInt(first + 8));
    }

    static Map<String, String> labels(String json) {
        return json.equals("{}") ? Map.of() : ApiJson.MAPPER.readValue(json, LABELS);
    }

    static String labels(Map<String, String> labels) {
        return labels.isEmpty() ? "{}" : ApiJson.MAPPER.writeValueAsString(labels);
    }
}
