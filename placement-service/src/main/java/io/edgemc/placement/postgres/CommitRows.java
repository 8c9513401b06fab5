package io.edgemc.placement.postgres;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.changelog.PositionRange;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.Ledger.ClusterChange;
import io.edgemc.placement.space.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes a group commit, each table by one statement with arrays. */
final class CommitRows {
    private static final String INSERT_VERSIONS =
            "insert into object_version (position, view, api_group, resource, namespace,"
                    + " name, uid, labels, body, splice, key_id, tombstone, previous, content_position, superseded_at, revision, actor,"
                    + " request_id, traceparent, committed_at)"
                    + " select u.position, u.view, u.api_group, u.resource, u.namespace, u.name, u.uid, u.labels, u.body, u.splice,"
                    + " u.key_id, u.tombstone, u.previous, u.content_position, u.superseded_at, ?, u.actor, u.request_id, u.traceparent,"
                    + " ?::timestamptz"
                    + " from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],"
                    + " ?::int[], ?::text[], ?::bool[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[])"
                    + " as u(position, view, api_group, resource, namespace, name, uid, labels, body, splice, key_id, tombstone, previous,"
                    + " content_position, superseded_at, actor, request_id, traceparent)";
    private static final String SUPERSEDE = "update object_version v set superseded_at = u.by"
            + " from unnest(?::bigint[], ?::bigint[]) as u(position, by) where v.position = u.position";
    private static final String INSERT_CONTENTS = "insert into content (digest, kind, bytes, key_id, position)"
            + " select * from unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::bigint[])"
            // What was withdrawn and is wanted again is sent again; what is there only loses the mark of the sweep.
            + " on conflict (digest) do update set bytes = excluded.bytes, key_id = excluded.key_id, gone = false,"
            + " position = case when content.gone then excluded.position else content.position end, unused_since = null"
            + " where content.gone or content.unused_since is not null";
    private static final String UPSERT_CLUSTERS = "insert into cluster (uid, name, record, gone, position)"
            + " select * from unnest(?::text[], ?::text[], ?::text[], ?::bool[], ?::bigint[])"
            + " on conflict (uid) do update set name = excluded.name, record = excluded.record, gone = excluded.gone,"
            + " position = excluded.position";
    private static final String UPSERT_TARGETS =
            "insert into target (cluster_uid, revision, state, combination, since, traceparent, written_at, position)"
                    + " select * from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],"
                    + " ?::bigint[])"
                    + " on conflict (cluster_uid) do update set revision = excluded.revision, state = excluded.state,"
                    + " combination = excluded.combination, since = excluded.since, traceparent = excluded.traceparent,"
                    + " written_at = excluded.written_at, position = excluded.position";
    private static final String INSERT_EVENTS =
            "insert into fleet_event (position, key, event) select * from unnest(?::bigint[], ?::text[], ?::text[])";

    private final KeyRing keys;

    CommitRows(KeyRing keys) {
        this.keys = keys;
    }

    void write(Connection connection, Ledger.Commit commit, PositionRange range) throws SQLException {
        int next = commit.versions().size();
        versions(connection, commit.versions());
        contents(connection, commit.contents(), range, next);
        next += commit.contents().size();
        clusters(connection, commit.clusters(), range, next);
        next += commit.clusters().size();
        targets(connection, commit.targets(), range, next);
        next += commit.targets().size();
        events(connection, commit.events(), range, next);
    }

    private void versions(Connection connection, List<Version> versions) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        try (ArrayStatement<Version> insert = new ArrayStatement<>(connection, INSERT_VERSIONS, versions)) {
            insert.value(versions.getFirst().revision());
            insert.value(versions.getFirst().committedAt().toString());
            insert.longs(Version::position);
            insert.texts(version -> version.ref().view().id());
            insert.texts(version -> version.ref().kind().group());
            insert.texts(version -> version.ref().kind().resource());
            insert.texts(version -> version.ref().namespace());
            insert.texts(version -> version.ref().name());
            insert.texts(Version::uid);
            insert.texts(version -> version.body() == null
                    ? "{}"
                    : VersionRows.labels(version.body().labels()));
            insert.bytes(this::restingBody);
            insert.ints(version -> version.body() == null ? 0 : version.body().splice());
            insert.texts(version -> isSealed(version) ? keys.sealingKeyId() : null);
            insert.booleans(Version::isTombstone);
            insert.longs(version ->
                    version.previous() == null ? null : version.previous().resourceVersion());
            insert.longs(Version::contentPosition);
            insert.longs(version -> version.isTombstone() ? version.position() : null);
            insert.texts(version -> version.origin().actor());
            insert.texts(version -> version.origin().requestId());
            insert.texts(version -> version.origin().traceparent());
            insert.execute();
        }
        List<Version> later =
                versions.stream().filter(version -> version.previous() != null).toList();
        if (!later.isEmpty()) {
            try (ArrayStatement<Version> update = new ArrayStatement<>(connection, SUPERSEDE, later)) {
                update.longs(version ->
                        version.previous() == null ? null : version.previous().resourceVersion());
                update.longs(Version::position);
                update.execute();
            }
        }
    }

    private static boolean isSealed(Version version) {
        return version.body() != null && version.ref().isSecret();
    }

    private byte[] restingBody(Version version) {
        Version.Body body = version.body();
        if (body == null) {
            return new byte[0];
        }
        return isSealed(version) ? keys.seal(body.bytes()) : body.bytes();
    }

    private static void contents(Connection connection, List<Content> contents, PositionRange range, int first)
            throws SQLException {
        if (contents.isEmpty()) {
            return;
        }
        try (ArrayStatement<Content> insert = new ArrayStatement<>(connection, INSERT_CONTENTS, contents)) {
            insert.texts(content -> content.digest().hex());
            insert.texts(content -> content.kind().name());
            insert.bytes(Content::bytes);
            insert.texts(Content::keyId);
            insert.positions(range, first);
            insert.execute();
        }
    }

    private static void clusters(Connection connection, List<ClusterChange> clusters, PositionRange range, int first)
            throws SQLException {
        if (clusters.isEmpty()) {
            return;
        }
        try (ArrayStatement<ClusterChange> upsert = new ArrayStatement<>(connection, UPSERT_CLUSTERS, clusters)) {
            upsert.texts(change -> change.record().uid());
            upsert.texts(change -> change.record().name());
            upsert.texts(change -> ApiJson.MAPPER.writeValueAsString(change.record()));
            upsert.booleans(ClusterChange::gone);
            upsert.positions(range, first);
            upsert.execute();
        }
        List<ClusterRecord> gone = clusters.stream()
                .filter(ClusterChange::gone)
                .map(ClusterChange::record)
                .toList();
        if (!gone.isEmpty()) {
            for (String table : List.of("target", "cluster_progress", "returned_status")) {
                try (ArrayStatement<ClusterRecord> delete = new ArrayStatement<>(
                        connection, "delete from " + table + " where cluster_uid = any(?::text[])", gone)) {
                    delete.texts(ClusterRecord::uid);
                    delete.execute();
                }
            }
        }
    }

    private static void targets(Connection connection, List<Target> targets, PositionRange range, int first)
            throws SQLException {
        if (targets.isEmpty()) {
            return;
        }
        try (ArrayStatement<Target> upsert = new ArrayStatement<>(connection, UPSERT_TARGETS, targets)) {
            upsert.texts(Target::clusterUid);
            upsert.longs(Target::revision);
            upsert.texts(target -> target.state().text());
            upsert.texts(target ->
                    target.combination() == null ? null : target.combination().hex());
            upsert.longs(Target::since);
            upsert.texts(Target::traceparent);
            upsert.texts(Target::writtenAt);
            upsert.positions(range, first);
            upsert.execute();
        }
    }

    private static void events(Connection connection, List<Ledger.Event> events, PositionRange range, int first)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (ArrayStatement<Ledger.Event> insert = new ArrayStatement<>(connection, INSERT_EVENTS, events)) {
            insert.positions(range, first);
            insert.texts(Ledger.Event::key);
            insert.texts(event -> ApiJson.MAPPER.writeValueAsString(event.event()));
            insert.execute();
        }
    }
}
