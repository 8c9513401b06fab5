package io.edgemc.c2p.fleet;

import io.edgemc.api.content.Digest;
import io.edgemc.api.target.TargetState;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of targets: which one a cluster has, and up to which one its policies are known. */
final class Targets {
    /**
     * @param wanted the latest target
     * @param walked the target that the placed policies are those of
     */
    record Course(String clusterUid, long revision, TargetState wanted, TargetState walked) {}

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Targets(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Sets a target, unless a later one is known. */
    void want(String clusterUid, long revision, TargetState state) {
        jdbc.update(
                "insert into cluster_target (cluster_uid, revision, wanted, walked) values (?, ?, ?, ?)"
                        + " on conflict (cluster_uid) do update set revision = excluded.revision, wanted = excluded.wanted"
                        + " where cluster_target.revision < excluded.revision",
                clusterUid,
                revision,
                state.text(),
                TargetState.EMPTY.text());
    }

    Optional<Course> course(String clusterUid) {
        return jdbc
                .query(
                        "select cluster_uid, revision, wanted, walked from cluster_target where cluster_uid = ?",
                        (row, n) -> new Course(
                                row.getString(1),
                                row.getLong(2),
                                TargetState.parse(row.getString(3)),
                                TargetState.parse(row.getString(4))),
                        clusterUid)
                .stream()
                .findFirst();
    }

    void arrived(Course course) {
        jdbc.update(
                "update cluster_target set walked = ?, missing = null, parked_at = null where cluster_uid = ?",
                course.wanted().text(),
                course.clusterUid());
    }

    /** Waits for a content. */
    void park(String clusterUid, Digest missing) {
        jdbc.update(
                "update cluster_target set missing = ?, parked_at = coalesce(parked_at, ?) where cluster_uid = ?",
                missing.bytes(),
                Timestamp.from(clock.instant()),
                clusterUid);
    }

    /** Clusters that wait for one of these. */
    List<String> waitingFor(Collection<Digest> digests) {
        byte[][] wanted = digests.stream().map(Digest::bytes).toArray(byte[][]::new);
        return jdbc.query(
                "select cluster_uid from cluster_target where missing = any(?)", (row, n) -> row.getString(1), (Object)
                        wanted);
    }

    long waiting() {
        @Nullable
        Long count = jdbc.queryForObject("select count(*) from cluster_target where missing is not null", Long.class);
        return count == null ? 0 : count;
    }

    /** How long the oldest target that waits for a content has waited, in seconds; 0 if none does. */
    double oldestWaitingSeconds() {
        List<Timestamp> oldest = jdbc.query(
                "select parked_at from cluster_target where missing is not null and parked_at is not null"
                        + " order by parked_at limit 1",
                (row, n) -> row.getTimestamp(1));
        return oldest.isEmpty()
                ? 0
                : Math.max(
                                0,
                                Duration.between(oldest.getFirst().toInstant(), clock.instant())
                                        .toMillis())
                        / 1_000.0;
    }

    void remove(String clusterUid) {
        jdbc.update("delete from cluster_target where cluster_uid = ?", clusterUid);
    }
}
