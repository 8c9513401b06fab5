package io.edgemc.placement.postgres;

import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads versions: one, a page of a snapshot, or what changed. */
final class PostgresReader {
    private static final String ONE =
            "select " + VersionRows.STORED_COLUMNS + " from object_version v where v.position = ?";
    private static final String VALID_AT =
            " from object_version v where v.view = ? and v.api_group = ? and v.resource = ?"
                    + " and v.position <= ? and (v.superseded_at is null or v.superseded_at > ?) and not v.tombstone";
    private static final String IN_NAMESPACE = " and v.namespace = ?";
    private static final String AFTER = " and (v.namespace, v.name) > (?, ?)";
    private static final String ORDER = " order by v.namespace, v.name";
    private static final String PREVIOUS_COLUMNS =
            ", p.api_group, p.resource, p.namespace, p.name, p.uid, p.position, p.labels,"
                    + " p.body, p.splice, p.key_id";
    private static final String WITH_PREVIOUS = "select " + VersionRows.VERSION_COLUMNS + PREVIOUS_COLUMNS
            + " from object_version v left join object_version p on p.position = v.previous";
    private static final int FIRST_PREVIOUS_COLUMN = 19;

    private final VersionRows rows;

    PostgresReader(VersionRows rows) {
        this.rows = rows;
    }

    StoredObject version(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ONE)) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new StoreException.Stale("version " + position + " is no longer kept");
                }
                return rows.stored(row);
            }
        }
    }

    ObjectPage list(Connection connection, View view, ObjectQuery query) throws SQLException {
        List<StoredObject> found = new ArrayList<>();
        int limit = query.limit();
        String sql = "select " + VersionRows.STORED_COLUMNS + conditions(query, query.after()) + ORDER
                + (limit > 0 ? " limit " + (limit + 1) : "");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, view, query, query.after());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(rows.stored(row));
                }
            }
        }
        boolean more = limit > 0 && found.size() > limit;
        if (more) {
            found.removeLast();
        }
        long remaining = more ? query.counted() ? countAfter(connection, view, query, found.getLast()) : -1 : 0;
        requireKept(connection, query.snapshot());
        return new ObjectPage(found, query.snapshot(), more, remaining);
    }

    private static long countAfter(Connection connection, View view, ObjectQuery query, StoredObject last)
            throws SQLException {
        ObjectQuery.After after = new ObjectQuery.After(last.namespace(), last.name());
        try (PreparedStatement count = connection.prepareStatement("select count(*)" + conditions(query, after))) {
            bind(count, view, query, after);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String conditions(ObjectQuery query, ObjectQuery.@Nullable After after) {
        return VALID_AT + (query.namespace() == null ? "" : IN_NAMESPACE) + (after == null ? "" : AFTER);
    }

    private static void bind(PreparedStatement select, View view, ObjectQuery query, ObjectQuery.@Nullable After after)
            throws SQLException {
        select.setString(1, view.id());
        select.setString(2, query.kind().group());
        select.setString(3, query.kind().resource());
        select.setLong(4, query.snapshot());
        select.setLong(5, query.snapshot());
        int next = 6;
        if (query.namespace() != null) {
            select.setString(next++, query.namespace());
        }
        if (after != null) {
            select.setString(next++, after.namespace());
            select.setString(next, after.name());
        }
    }

    List<StoredChange> changes(Connection connection, View view, long after, long upTo, int max) throws SQLException {
        List<StoredChange> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(WITH_PREVIOUS
                + " where v.view = ? and v.position > ? and v.position <= ? order by v.position limit ?")) {
            select.setString(1, view.id());
            select.setLong(2, after);
            select.setLong(3, upTo);
            select.setInt(4, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Version version = withPrevious(row);
                    changes.add(new StoredChange(version.position(), version.previous(), version.stored()));
                }
            }
        }
        requireKept(connection, after);
        return changes;
    }

    /** Whole group commits only, so perhaps more than {@code max}. */
    List<Version> versionsAfter(Connection connection, long after, int max) throws SQLException {
        List<Version> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(WITH_PREVIOUS
                + " where v.position > ? and v.revision <= coalesce((select revision from object_version where position > ?"
                + " order by position offset ? limit 1), 9223372036854775807) order by v.position")) {
            select.setLong(1, after);
            select.setLong(2, after);
            select.setInt(3, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.add(withPrevious(row));
                }
            }
        }
        return versions;
    }

    private Version withPrevious(ResultSet row) throws SQLException {
        boolean hasPrevious = row.getString(FIRST_PREVIOUS_COLUMN) != null;
        return rows.version(row, hasPrevious ? rows.stored(row, FIRST_PREVIOUS_COLUMN) : null);
    }

    /** To be called after reading: the horizon moves before anything is taken away. */
    private static void requireKept(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select position from object_horizon");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("object_horizon has no row");
            }
            long horizon = row.getLong(1);
            if (position < horizon) {
                throw new StoreException.Expired(
                        "position " + position + " is too old, what is kept begins at " + horizon);
            }
        }
    }
}
