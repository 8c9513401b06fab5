package io.edgemc.c2p.rest;

import io.edgemc.c2p.definition.Definitions;
import io.edgemc.c2p.normalise.PolicyName;
import io.edgemc.c2p.rest.Rows.ClusterRow;
import io.edgemc.c2p.rest.Rows.ControlRow;
import io.edgemc.c2p.rest.Rows.Page;
import io.edgemc.c2p.rest.Rows.PolicyRow;
import io.edgemc.c2p.rest.Rows.Results;
import io.edgemc.c2p.rest.Rows.Split;
import io.edgemc.c2p.settings.C2pProperties;
import io.edgemc.c2p.state.State;
import io.edgemc.c2p.state.Tally;
import io.edgemc.c2p.total.Tallies;
import io.edgemc.c2p.total.Tallies.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads summaries from the totals; never counts. */
@Component
final class Summaries {
    private record Times(
            @Nullable String freshest, @Nullable String stalest) {
        static final Times NEVER = new Times(null, null);
    }

    private static final String DELIVERED =
            "(select c.delivered_at from cluster c where c.delivered_at is not null and exists (select 1"
                    + " from policy_state s where s.cluster_uid = c.uid and s.policy_id = wanted and s.placed)"
                    + " order by c.delivered_at %s limit 1)";

    private final Tallies tallies;
    private final Definitions definitions;
    private final Unknowns unknowns;
    private final JdbcTemplate jdbc;
    private final boolean warnIsAdvisory;
    private final Clock clock;

    Summaries(
            Tallies tallies,
            Definitions definitions,
            Unknowns unknowns,
            JdbcTemplate jdbc,
            C2pProperties properties,
            Clock clock) {
        this.unknowns = unknowns;
        this.tallies = tallies;
        this.definitions = definitions;
        this.jdbc = jdbc;
        this.warnIsAdvisory = properties.warnIsAdvisory();
        this.clock = clock;
    }

    Page<PolicyRow> byPolicy(String after, int limit) {
        Map<String, Tally> found = tallies.page(Scope.POLICY, after, limit);
        Map<String, Times> times = times(found.keySet());
        Map<String, UnknownReason> reasons = unknowns.ofPolicies(found.keySet());
        List<PolicyRow> rows = new ArrayList<>();
        List<String> keys = List.copyOf(found.keySet());
        found.forEach((id, tally) -> {
            PolicyName policy = PolicyName.ofId(id);
            Times delivered = times.getOrDefault(id, Times.NEVER);
            rows.add(new PolicyRow(
                    policy.name(),
                    policy.namespace().isEmpty() ? null : policy.namespace(),
                    policy.source(),
                    Rows.text(tally.state()),
                    Results.of(tally),
                    Split.of(tally, warnIsAdvisory),
                    delivered.freshest(),
                    delivered.stalest(),
                    reasons.get(id)));
        });
        return page(rows, keys, limit);
    }

    Page<ClusterRow> byCluster(String after, int limit) {
        Map<String, String> names = new HashMap<>();
        Map<String, @Nullable String> times = new HashMap<>();
        List<String> uids = jdbc.query(
                "select c.uid, c.name, c.delivered_at from cluster c join tally t on t.scope = 'cluster'"
                        + " and t.member_of = c.uid where c.name > ? order by c.name limit ?",
                (row, n) -> {
                    names.put(row.getString(1), row.getString(2));
                    times.put(row.getString(1), time(row, 3));
                    return row.getString(1);
                },
                after,
                limit);
        Map<String, Tally> found = tallies.all(Scope.CLUSTER, uids);
        Map<String, UnknownReason> reasons = unknowns.ofClusters(uids);
        List<ClusterRow> rows = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String uid : uids) {
            Tally tally = found.getOrDefault(uid, Tally.NOTHING);
            String name = String.valueOf(names.get(uid));
            rows.add(new ClusterRow(
                    name,
                    Rows.text(tally.state()),
                    Results.of(tally),
                    Split.of(tally, warnIsAdvisory),
                    times.get(uid),
                    reasons.get(uid)));
            keys.add(name);
        }
        return page(rows, keys, limit);
    }

    Page<ControlRow> byControl(String after, int limit) {
        Map<String, SortedSet<String>> controls = definitions.controls(after, limit);
        Map<String, Tally> found = tallies.all(Scope.CONTROL, controls.keySet());
        Set<String> placed = placed(controls.values());
        List<ControlRow> rows = new ArrayList<>();
        controls.forEach((control, policies) -> {
            Tally tally = found.getOrDefault(control, Tally.NOTHING);
            List<String> notPlaced =
                    policies.stream().filter(policy -> !placed.contains(policy)).toList();
            // What nobody checks is not known to be as it should.
            boolean gap = policies.isEmpty() || !notPlaced.isEmpty();
            State state = State.worst(tally.state(), gap ? State.UNKNOWN : null);
            rows.add(new ControlRow(
                    control,
                    Rows.text(state),
                    List.copyOf(policies),
                    notPlaced,
                    Results.of(tally),
                    Split.of(tally, warnIsAdvisory)));
        });
        return page(rows, List.copyOf(controls.keySet()), limit);
    }

    private <R> Page<R> page(List<R> rows, List<String> keys, int limit) {
        return new Page<>(clock.instant().toString(), rows, rows.size() < limit ? null : keys.getLast());
    }

    private Set<String> placed(Collection<SortedSet<String>> policies) {
        Set<String> names = new HashSet<>();
        policies.forEach(names::addAll);
        return new HashSet<>(jdbc.query(
                "select name from unnest(?::text[]) as name where exists (select 1 from policy_state"
                        + " where policy_name = name and placed)",
                (row, n) -> row.getString(1),
                (Object) names.toArray(String[]::new)));
    }

    private Map<String, Times> times(Set<String> policies) {
        Map<String, Times> times = new HashMap<>();
        jdbc.query(
                "select wanted, " + DELIVERED.formatted("desc") + ", " + DELIVERED.formatted("asc")
                        + " from unnest(?::text[]) as wanted",
                row -> {
                    times.put(row.getString(1), new Times(time(row, 2), time(row, 3)));
                },
                (Object) policies.toArray(String[]::new));
        return times;
    }

    private static @Nullable String time(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant().toString();
    }
}
