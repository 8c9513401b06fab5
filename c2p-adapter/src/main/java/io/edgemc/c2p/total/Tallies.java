package io.edgemc.c2p.total;

import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.state.Members;
import io.edgemc.c2p.state.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of totals. */
public final class Tallies {
    /** What a total is over. */
    public enum Scope {
        /** A policy, over the clusters where it is placed. */
        POLICY("policy"),
        /** A cluster, over the policies that are placed there. */
        CLUSTER("cluster"),
        /** A control at a cluster, over its policies that are placed there. */
        CONTROL_AT_CLUSTER("control-at-cluster"),
        /** A control, over clusters. */
        CONTROL("control");

        private final String text;

        Scope(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final String COLUMNS =
            "member_of, pass, fail, warn, error, n_pass, n_warn, n_unknown, n_error, n_fail";

    private final JdbcTemplate jdbc;

    public Tallies(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Totals in the order of their keys, after one of them. */
    public Map<String, Tally> page(Scope scope, String after, int limit) {
        Map<String, Tally> found = new LinkedHashMap<>();
        jdbc.query(
                "select " + COLUMNS + " from tally where scope = ? and member_of > ? order by member_of limit ?",
                row -> {
                    found.put(row.getString(1), read(row));
                },
                scope.text(),
                after,
                limit);
        return found;
    }

    /** The totals of those keys that have one. */
    public Map<String, Tally> all(Scope scope, Collection<String> keys) {
        Map<String, Tally> found = new HashMap<>();
        jdbc.query(
                "select " + COLUMNS + " from tally where scope = ? and member_of = any(?)",
                row -> {
                    found.put(row.getString(1), read(row));
                },
                scope.text(),
                keys.toArray(String[]::new));
        return found;
    }

    void add(Scope scope, Map<String, Tally> differences) {
        List<Object[]> rows = differences.entrySet().stream()
                .filter(entry -> !entry.getValue().isNothing())
                .map(entry -> row(scope, entry.getKey(), entry.getValue()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                "insert into tally (scope, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (scope, member_of) do update set pass = tally.pass + excluded.pass,"
                        + " fail = tally.fail + excluded.fail, warn = tally.warn + excluded.warn,"
                        + " error = tally.error + excluded.error, n_pass = tally.n_pass + excluded.n_pass,"
                        + " n_warn = tally.n_warn + excluded.n_warn, n_unknown = tally.n_unknown + excluded.n_unknown,"
                        + " n_error = tally.n_error + excluded.n_error, n_fail = tally.n_fail + excluded.n_fail",
                rows);
        jdbc.update(
                "delete from tally where scope = ? and member_of = any(?)"
                        + " and n_pass = 0 and n_warn = 0 and n_unknown = 0 and n_error = 0 and n_fail = 0",
                scope.text(),
                differences.keySet().toArray(String[]::new));
    }

    /** Counts the controls' totals anew; for a change of the definitions, which is rare and touches every cluster. */
    void recountControls() {
        jdbc.update("delete from tally where scope in (?, ?)", Scope.CONTROL_AT_CLUSTER.text(), Scope.CONTROL.text());
        jdbc.update(
                "insert into tally (scope, " + COLUMNS + ") select ?, control || '/' || cluster_uid,"
                        + " sum(pass), sum(fail), sum(warn), sum(error), count(*) filter (where state = 0),"
                        + " count(*) filter (where state = 1), count(*) filter (where state = 2),"
                        + " count(*) filter (where state = 3), count(*) filter (where state = 4)"
                        + " from policy_state join (select distinct control, policy_name from control_check) as checks"
                        + " using (policy_name) where state is not null group by control, cluster_uid",
                Scope.CONTROL_AT_CLUSTER.text());
        jdbc.update(
                "insert into tally (scope, " + COLUMNS + ") select ?, control, sum(pass), sum(fail), sum(warn),"
                        + " sum(error), count(*) filter (where worst = 0), count(*) filter (where worst = 1),"
                        + " count(*) filter (where worst = 2), count(*) filter (where worst = 3),"
                        + " count(*) filter (where worst = 4) from (select control, cluster_uid, sum(pass) as pass,"
                        + " sum(fail) as fail, sum(warn) as warn, sum(error) as error, max(state) as worst"
                        + " from policy_state join (select distinct control, policy_name from control_check) as checks"
                        + " using (policy_name) where state is not null group by control, cluster_uid) as at_clusters"
                        + " group by control",
                Scope.CONTROL.text());
    }

    private static Object[] row(Scope scope, String key, Tally tally) {
        Counts counts = tally.counts();
        Members members = tally.members();
        return new Object[] {
            scope.text(),
            key,
            counts.pass(),
            counts.fail(),
            counts.warn(),
            counts.error(),
            members.pass(),
            members.warn(),
            members.unknown(),
            members.error(),
            members.fail()
        };
    }

    private static Tally read(ResultSet row) throws SQLException {
        return new Tally(
                new Counts(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                new Members(row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10)));
    }
}
