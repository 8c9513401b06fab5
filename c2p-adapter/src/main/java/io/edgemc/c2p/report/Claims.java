package io.edgemc.c2p.report;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.c2p.normalise.Claim;
import io.edgemc.c2p.normalise.NormalResult;
import io.edgemc.c2p.normalise.Outcome;
import io.edgemc.c2p.normalise.ReportKind;
import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.total.Edits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who says what of which subject, and whose word counts. */
final class Claims {
    private static final String COLUMNS =
            "report_id, ordinal, subject, policy_id, outcome, seconds, nanos, original, object_key, counts";

    /** A row; {@code counts} as last decided. */
    private record Row(
            long report, int ordinal, Digest subject, String policy, Outcome outcome, Claim claim, boolean counts) {
        Row counting(boolean now) {
            return new Row(report, ordinal, subject, policy, outcome, claim, now);
        }
    }

    private final JdbcTemplate jdbc;

    Claims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces all that a report claims by what it says now; returns other reports of which some claim gained or lost. */
    Set<Long> replace(String clusterUid, long reportId, ObjectKey key, List<NormalResult> results, Edits edits) {
        List<Row> old = rows("report_id = ?", reportId);
        List<Row> fresh = claims(reportId, key, results);
        Map<Digest, List<Row>> rivals = rivals(clusterUid, reportId, old, fresh);
        old.stream().filter(Row::counts).forEach(row -> count(edits, clusterUid, row, -1));
        jdbc.update("delete from claim where report_id = ?", reportId);
        Map<Digest, List<Row>> bySubject = new LinkedHashMap<>();
        fresh.forEach(row -> bySubject
                .computeIfAbsent(row.subject(), any -> new ArrayList<>())
                .add(row));
        List<Row> decided = new ArrayList<>();
        bySubject.forEach((subject, rows) -> {
            List<Row> others = rivals.getOrDefault(subject, List.of());
            rows.forEach(row -> decided.add(row.counting(
                    others.stream().noneMatch(rival -> rival.claim().beats(row.claim())))));
        });
        decided.stream().filter(Row::counts).forEach(row -> count(edits, clusterUid, row, 1));
        insert(clusterUid, decided);
        return settle(clusterUid, rivals, bySubject, edits);
    }

    /** Which of a report's (result, resource) pairs do not count. */
    BitSet outdone(long reportId) {
        BitSet outdone = new BitSet();
        jdbc.query(
                "select ordinal from claim where report_id = ? and not counts",
                row -> {
                    outdone.set(row.getInt(1));
                },
                reportId);
        return outdone;
    }

    void removeCluster(String clusterUid) {
        jdbc.update("delete from claim where cluster_uid = ?", clusterUid);
    }

    /** Decides anew among the other reports, now that this one's claims are known. */
    private Set<Long> settle(
            String clusterUid, Map<Digest, List<Row>> rivals, Map<Digest, List<Row>> fresh, Edits edits) {
        Set<Long> touched = new LinkedHashSet<>();
        List<Object[]> flips = new ArrayList<>();
        rivals.forEach((subject, rows) -> {
            List<Row> all = new ArrayList<>(rows);
            all.addAll(fresh.getOrDefault(subject, List.of()));
            for (Row row : rows) {
                boolean now = all.stream()
                        .noneMatch(other ->
                                other.report() != row.report() && other.claim().beats(row.claim()));
                if (now != row.counts()) {
                    flips.add(new Object[] {now, row.report(), row.ordinal()});
                    touched.add(row.report());
                    count(edits, clusterUid, row, now ? 1 : -1);
                }
            }
        });
        jdbc.batchUpdate("update claim set counts = ? where report_id = ? and ordinal = ?", flips);
        return touched;
    }

    private static void count(Edits edits, String clusterUid, Row row, long n) {
        edits.count(clusterUid, row.policy(), Counts.of(row.outcome(), n));
    }

    private static List<Row> claims(long reportId, ObjectKey key, List<NormalResult> results) {
        List<Row> rows = new ArrayList<>();
        boolean original = ReportKind.isOriginal(key);
        for (NormalResult result : results) {
            Claim claim = new Claim(result.seconds(), result.nanos(), original, key.text());
            for (int i = 0; i < result.resources().size(); i++) {
                Digest subject = Digest.sha256(result.subject(i));
                rows.add(new Row(reportId, rows.size(), subject, result.policy().id(), result.outcome(), claim, true));
            }
        }
        return rows;
    }

    private Map<Digest, List<Row>> rivals(String clusterUid, long reportId, List<Row> old, List<Row> fresh) {
        Set<Digest> subjects = new LinkedHashSet<>();
        old.forEach(row -> subjects.add(row.subject()));
        fresh.forEach(row -> subjects.add(row.subject()));
        byte[][] wanted = subjects.stream().map(Digest::bytes).toArray(byte[][]::new);
        Map<Digest, List<Row>> rivals = new HashMap<>();
        rows("cluster_uid = ? and subject = any(?) and report_id <> ?", clusterUid, wanted, reportId)
                .forEach(row -> rivals.computeIfAbsent(row.subject(), any -> new ArrayList<>())
                        .add(row));
        return rivals;
    }

    private void insert(String clusterUid, List<Row> rows) {
        jdbc.batchUpdate(
                "insert into claim (cluster_uid, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows.stream()
                        .map(row -> new Object[] {
                            clusterUid,
                            row.report(),
                            row.ordinal(),
                            row.subject().bytes(),
                            row.policy(),
                            row.outcome().ordinal(),
                            row.claim().seconds(),
                            row.claim().nanos(),
                            row.claim().original(),
                            row.claim().report(),
                            row.counts()
                        })
                        .toList());
    }

    private List<Row> rows(String condition, Object... arguments) {
        return jdbc.query("select " + COLUMNS + " from claim where " + condition, (row, n) -> read(row), arguments);
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getInt(2),
                Digest.of(row.getBytes(3)),
                row.getString(4),
                Outcome.values()[row.getInt(5)],
                new Claim(row.getLong(6), row.getInt(7), row.getBoolean(8), row.getString(9)),
                row.getBoolean(10));
    }
}
