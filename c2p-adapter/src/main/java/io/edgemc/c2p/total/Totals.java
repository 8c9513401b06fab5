package io.edgemc.c2p.total;

import io.edgemc.api.event.ComplianceState;
import io.edgemc.api.json.ApiJson;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.normalise.PolicyName;
import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.state.PolicyAtCluster;
import io.edgemc.c2p.state.State;
import io.edgemc.c2p.state.Tally;
import io.edgemc.c2p.total.Edits.Pair;
import io.edgemc.c2p.total.Tallies.Scope;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Moves states and totals. The cost is in what changed: the pairs that a batch touches, and all policies of a cluster that became
 * silent, came back or went. To be called in a ledger transaction, after the clusters' rows are written.
 */
public final class Totals {
    private final JdbcTemplate jdbc;
    private final Clusters clusters;
    private final Standings standings;
    private final Tallies tallies;

    public Totals(JdbcTemplate jdbc, Clusters clusters, Tallies tallies) {
        this.jdbc = jdbc;
        this.clusters = clusters;
        this.standings = new Standings(jdbc);
        this.tallies = tallies;
    }

    /** Writes the edits, their totals, and the transitions that come of them. */
    public void apply(Edits edits, Changes changes) {
        if (edits.isEmpty()) {
            return;
        }
        Map<Pair, Standing> before = standings.of(edits.pairs(), edits.wholeClusters());
        Set<Pair> pairs = new HashSet<>(before.keySet());
        pairs.addAll(edits.pairs());
        Set<String> uids = new HashSet<>(edits.wholeClusters());
        pairs.forEach(pair -> uids.add(pair.clusterUid()));
        Map<String, KnownCluster> known = clusters.all(uids);
        Map<Pair, Standing> changed = new HashMap<>();
        // What goes, first: a cluster may have a successor of its name, whose word is to be the last.
        for (Pair pair : pairs.stream()
                .sorted(Comparator.comparing(pair -> !edits.isGone(pair.clusterUid())))
                .toList()) {
            Standing was = before.getOrDefault(pair, Standing.NOTHING);
            KnownCluster cluster = known.get(pair.clusterUid());
            Standing is = after(edits, pair, was, cluster);
            if (!is.equals(was)) {
                changed.put(pair, is);
            }
            boolean told = edits.isAnnounced(pair.clusterUid()) && is.state() != null;
            if (cluster != null && (told || was.state() != is.state())) {
                announce(pair.policyId(), cluster, is, changes);
            }
        }
        standings.write(changed);
        moveTallies(before, changed);
    }

    /** After a change of the component definitions. */
    public void recountControls() {
        tallies.recountControls();
    }

    private static Standing after(Edits edits, Pair pair, Standing was, @Nullable KnownCluster cluster) {
        if (edits.isGone(pair.clusterUid())) {
            return Standing.NOTHING;
        }
        Counts counts = was.counts().plus(edits.difference(pair));
        boolean placed = edits.placed(pair, was.placed());
        PolicyAtCluster now = new PolicyAtCluster(placed, counts, cluster != null && cluster.current());
        return new Standing(placed, counts, now.state());
    }

    private static void announce(String policyId, KnownCluster cluster, Standing is, Changes changes) {
        String name = cluster.name();
        if (name == null) {
            return;
        }
        State state = is.state();
        changes.transition(
                policyId + "/" + name,
                state == null
                        ? null
                        : ApiJson.MAPPER.writeValueAsString(new ComplianceState(
                                PolicyName.ofId(policyId).name(),
                                name,
                                state.text(),
                                counts(is.counts()),
                                asOf(cluster))));
    }

    private static Map<String, Long> counts(Counts counts) {
        return Map.of("pass", counts.pass(), "fail", counts.fail(), "warn", counts.warn(), "error", counts.error());
    }

    private static String asOf(KnownCluster cluster) {
        return Objects.requireNonNullElse(cluster.deliveredAt(), Instant.EPOCH).toString();
    }

    private void moveTallies(Map<Pair, Standing> before, Map<Pair, Standing> changed) {
        Map<String, Tally> policies = new HashMap<>();
        Map<String, Tally> ofClusters = new HashMap<>();
        Map<String, Tally> controlsAtClusters = new HashMap<>();
        Map<String, List<String>> controls = controlsOf(changed.keySet());
        changed.forEach((pair, is) -> {
            Tally difference =
                    Tally.change(before.getOrDefault(pair, Standing.NOTHING).tally(), is.tally());
            policies.merge(pair.policyId(), difference, Tally::plus);
            ofClusters.merge(pair.clusterUid(), difference, Tally::plus);
            String name = PolicyName.ofId(pair.policyId()).name();
            for (String control : controls.getOrDefault(name, List.of())) {
                controlsAtClusters.merge(control + "/" + pair.clusterUid(), difference, Tally::plus);
            }
        });
        tallies.add(Scope.POLICY, policies);
        tallies.add(Scope.CLUSTER, ofClusters);
        moveControls(controlsAtClusters);
    }

    private void moveControls(Map<String, Tally> differences) {
        if (differences.isEmpty()) {
            return;
        }
        Map<String, Tally> before = tallies.all(Scope.CONTROL_AT_CLUSTER, differences.keySet());
        Map<String, Tally> controls = new HashMap<>();
        differences.forEach((key, difference) -> {
            Tally was = before.getOrDefault(key, Tally.NOTHING);
            Tally is = was.plus(difference);
            controls.merge(
                    key.substring(0, key.indexOf('/')), Tally.change(was.asMember(), is.asMember()), Tally::plus);
        });
        tallies.add(Scope.CONTROL_AT_CLUSTER, differences);
        tallies.add(Scope.CONTROL, controls);
    }

    private Map<String, List<String>> controlsOf(Set<Pair> pairs) {
        String[] names = pairs.stream()
                .map(pair -> PolicyName.ofId(pair.policyId()).name())
                .distinct()
                .toArray(String[]::new);
        Map<String, List<String>> controls = new HashMap<>();
        jdbc.query(
                "select policy_name, array_agg(distinct control) from control_check where policy_name = any(?)"
                        + " group by policy_name",
                row -> {
                    controls.put(
                            row.getString(1), List.of((String[]) row.getArray(2).getArray()));
                },
                (Object) names);
        return controls;
    }
}
