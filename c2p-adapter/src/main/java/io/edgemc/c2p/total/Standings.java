package io.edgemc.c2p.total;

import io.edgemc.c2p.normalise.PolicyName;
import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.state.State;
import io.edgemc.c2p.total.Edits.Pair;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of policies at clusters. */
final class Standings {
    private static final String COLUMNS = "cluster_uid, policy_id, placed, pass, fail, warn, error, state";

    private final JdbcTemplate jdbc;

    Standings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<Pair, Standing> of(Collection<Pair> pairs, Collection<String> clusters) {
        Map<Pair, Standing> found = new HashMap<>();
        String[] uids = pairs.stream().map(Pair::clusterUid).toArray(String[]::new);
        String[] policies = pairs.stream().map(Pair::policyId).toArray(String[]::new);
        read(
                found,
                "select " + COLUMNS + " from policy_state join unnest(?::text[], ?::text[]) as wanted (uid, policy)"
                        + " on cluster_uid = uid and policy_id = policy",
                uids,
                policies);
        read(found, "select " + COLUMNS + " from policy_state where cluster_uid = any(?)", (Object)
                clusters.toArray(String[]::new));
        return found;
    }

    private void read(Map<Pair, Standing> sink, String sql, Object... arguments) {
        jdbc.query(
                sql,
                row -> {
                    Integer state = row.getObject(8, Integer.class);
                    sink.put(
                            new Pair(row.getString(1), row.getString(2)),
                            new Standing(
                                    row.getBoolean(3),
                                    new Counts(row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)),
                                    state == null ? null : State.values()[state]));
                },
                arguments);
    }

    void write(Map<Pair, Standing> changed) {
        List<Object[]> upserts = changed.entrySet().stream()
                .filter(entry -> !entry.getValue().isNothing())
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
        jdbc.batchUpdate(
                "insert into policy_state (cluster_uid, policy_id, policy_name, placed, pass, fail, warn, error, state)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1)) on conflict (cluster_uid, policy_id) do update set"
                        + " placed = excluded.placed, pass = excluded.pass, fail = excluded.fail, warn = excluded.warn,"
                        + " error = excluded.error, state = excluded.state",
                upserts);
        jdbc.batchUpdate(
                "delete from policy_state where cluster_uid = ? and policy_id = ?",
                changed.entrySet().stream()
                        .filter(entry -> entry.getValue().isNothing())
                        .map(entry -> new Object[] {
                            entry.getKey().clusterUid(), entry.getKey().policyId()
                        })
                        .toList());
    }

    private static Object[] row(Pair pair, Standing standing) {
        Counts counts = standing.counts();
        State state = standing.state();
        return new Object[] {
            pair.clusterUid(),
            pair.policyId(),
            PolicyName.ofId(pair.policyId()).name(),
            standing.placed(),
            counts.pass(),
            counts.fail(),
            counts.warn(),
            counts.error(),
            state == null ? -1 : state.ordinal()
        };
    }
}
