package io.edgemc.placement.postgres;

import io.edgemc.api.manifest.ManifestWalk;
import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.placement.resolve.LiveContents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away contents that nothing needs any more: withdraws them from the bus by a tombstone, and removes the row when the
 * tombstone is published.
 *
 * <pre>
 *   needed ──a sweep finds no use──► unused ──a later sweep, past the grace──► gone ──published──► (no row)
 *      ▲                               │                                        │
 *      └──── written again ────────────┴──── written again: published anew ─────┘
 * </pre>
 *
 * A sweep marks what is reached from the targets and objects of one moment, then walks over the table. Commits go on meanwhile.
 * They cannot be missed, since whatever a target newly refers to is either written in its commit, which takes the mark
 * {@code unused_since} away, or was in use already (see {@code resolve.content.Contents}). A content that was in use, but not at
 * the moment that a sweep looked at, is at worst marked unused; the next sweep sees its use before anything is taken away.
 */
public final class ContentSweep {
    private static final Logger LOG = LoggerFactory.getLogger(ContentSweep.class);
    /** Any number, the same in all replicas: one sweeps at a time. */
    private static final long LOCK = 0x656d635f73776570L;

    private static final int ROWS_A_STEP = 1_000;

    private final DataSource database;
    private final Supplier<CompletableFuture<LiveContents>> live;
    private final ContentWithdrawal withdrawal;
    private final Duration grace;
    private final Clock clock;
    private final Pace pace;
    private long sweptAt = -1;

    /**
     * @param live asks what is needed now
     * @param grace how long a content stays when nothing needs it any more
     */
    public ContentSweep(
            DataSource database,
            Supplier<CompletableFuture<LiveContents>> live,
            CommitSignal commits,
            Duration grace,
            Clock clock,
            Pace pace) {
        this.database = database;
        this.live = live;
        this.withdrawal = new ContentWithdrawal(commits, pace);
        this.grace = grace;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * @param kept contents that are in use
     * @param unused contents that wait for the end of their grace
     * @param withdrawn contents that were taken away
     */
    public record Outcome(int kept, int unused, int withdrawn) {
        static final Outcome NOTHING = new Outcome(0, 0, 0);
    }

    /** One sweep, if there can be anything to find. For one thread at a time; of several replicas one does it. */
    public Outcome run() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            if (!isTrue(connection, "select pg_try_advisory_lock(" + LOCK + ")")) {
                return Outcome.NOTHING;
            }
            try {
                withdrawal.forgetPublished(connection);
                return isWorthALook(connection) ? sweep(connection) : Outcome.NOTHING;
            } finally {
                isTrue(connection, "select pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private boolean isWorthALook(Connection connection) throws SQLException {
        return ChangeLog.current(connection) != sweptAt
                || isTrue(
                        connection,
                        "select exists (select from content where unused_since <= ?)",
                        Timestamp.from(clock.instant().minus(grace)));
    }

    private Outcome sweep(Connection connection) throws SQLException, InterruptedException {
        LiveContents needed = ask();
        try (ContentMarks marks = new ContentMarks(connection, pace)) {
            marks.contents(needed.contents());
            ManifestWalk.from(needed.manifests(), marks);
            marks.complete();
            Outcome outcome = sweep(connection, marks, needed.position());
            sweptAt = needed.position();
            if (outcome.withdrawn() > 0) {
                LOG.info("withdrew {} contents that nothing needs; {} are in use", outcome.withdrawn(), outcome.kept());
            }
            return outcome;
        }
    }

    private LiveContents ask() throws InterruptedException {
        try {
            return live.get().get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the engine could not be asked", failure.getCause());
        }
    }

    private record Row(String digest, @Nullable Instant unusedSince) {}

    /** Contents that were written after the moment of the marks are left for the next time. */
    private Outcome sweep(Connection connection, ContentMarks marks, long position)
            throws SQLException, InterruptedException {
        Instant now = clock.instant();
        int kept = 0;
        int unused = 0;
        int withdrawn = 0;
        List<Row> rows = rows(connection, "", position);
        while (!rows.isEmpty()) {
            Set<String> needed = marks.marked(rows.stream().map(Row::digest).toList());
            List<String> usedAgain = new ArrayList<>();
            List<String> newlyUnused = new ArrayList<>();
            List<String> due = new ArrayList<>();
            for (Row row : rows) {
                if (needed.contains(row.digest())) {
                    kept++;
                    if (row.unusedSince() != null) {
                        usedAgain.add(row.digest());
                    }
                } else if (row.unusedSince() == null) {
                    newlyUnused.add(row.digest());
                } else if (!row.unusedSince().isAfter(now.minus(grace))) {
                    due.add(row.digest());
                } else {
                    unused++;
                }
            }
            mark(connection, usedAgain, null);
            mark(connection, newlyUnused, now);
            unused += newlyUnused.size();
            withdrawn += withdrawal.of(connection, due);
            pace.rest();
            rows = rows(connection, rows.getLast().digest(), position);
        }
        return new Outcome(kept, unused, withdrawn);
    }

    private static List<Row> rows(Connection connection, String after, long position) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select digest, unused_since from content"
                + " where digest > ? and position <= ? and not gone order by digest limit " + ROWS_A_STEP)) {
            select.setString(1, after);
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Timestamp since = row.getTimestamp(2);
                    rows.add(new Row(row.getString(1), since == null ? null : since.toInstant()));
                }
            }
        }
        return rows;
    }

    /** Passes over rows that a writer holds: they are in use, and whoever waited for one could stop the writer by a deadlock. */
    private static void mark(Connection connection, List<String> digests, @Nullable Instant unusedSince)
            throws SQLException {
        if (!digests.isEmpty()) {
            try (PreparedStatement update = connection.prepareStatement("update content set unused_since = ?"
                    + " where digest in (select digest from content where digest = any(?) and not gone"
                    + " for update skip locked)")) {
                update.setTimestamp(1, unusedSince == null ? null : Timestamp.from(unusedSince));
                update.setArray(2, connection.createArrayOf("text", digests.toArray()));
                update.executeUpdate();
            }
        }
    }

    private static boolean isTrue(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
