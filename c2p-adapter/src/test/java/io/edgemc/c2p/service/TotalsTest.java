package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.service.Fleet.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** At every moment the totals, which are only ever moved by differences, are what counting would give. */
class TotalsTest {
    private static final String STATES = "count(*) filter (where state = 0), count(*) filter (where state = 1),"
            + " count(*) filter (where state = 2), count(*) filter (where state = 3), count(*) filter (where state = 4)";
    private static final String COUNTED = """
            (select 'policy', policy_id, sum(pass), sum(fail), sum(warn), sum(error), %1$s
               from policy_state where state is not null group by policy_id
             union all
             select 'cluster', cluster_uid, sum(pass), sum(fail), sum(warn), sum(error), %1$s
               from policy_state where state is not null group by cluster_uid)""".formatted(STATES);
    private static final String KEPT = """
            (select scope, member_of, pass, fail, warn, error, n_pass, n_warn, n_unknown, n_error, n_fail
               from tally where scope in ('policy', 'cluster'))""";
    private static final String CLAIMED = """
            (select cluster_uid, policy_id, count(*) filter (where outcome = 0), count(*) filter (where outcome = 1),
                    count(*) filter (where outcome = 2), count(*) filter (where outcome = 3)
               from claim where counts group by cluster_uid, policy_id)""";
    private static final String STATED = """
            (select cluster_uid, policy_id, pass, fail, warn, error from policy_state
               where pass + fail + warn + error > 0)""";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);

    @Test
    void totalsAreWhatCountingGives() {
        // Given
        Random random = new Random(7);
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clusters.add(fleet.cluster("counted-" + i));
        }

        // When clusters, placements and reports of both groups come, change and go
        for (int i = 0; i < 150; i++) {
            Cluster cluster = clusters.get(random.nextInt(4));
            switch (random.nextInt(8)) {
                case 0 -> fleet.place(cluster, random.nextBoolean(), policies(random));
                case 1 -> fleet.contact(cluster, 1, random.nextBoolean(), random.nextBoolean());
                case 2 -> fleet.delete(cluster, report(random));
                case 3 -> {
                    fleet.remove(cluster);
                    clusters.set(clusters.indexOf(cluster), fleet.cluster(cluster.name()));
                }
                default -> fleet.report(cluster, report(random));
            }
        }
        Cluster last = fleet.cluster("counted-last");
        fleet.place(last, false, List.of(Objects.clusterPolicy("last-counted")));
        fleet.report(last, Objects.report("shop", "web", "last-counted", "pass"));

        // Then, at every look on the way
        eventually().until(() -> {
            assertNoDifference(COUNTED, KEPT);
            assertNoDifference(CLAIMED, STATED);
            return service.row("by-policy", "policy", "last-counted")
                    .path("state")
                    .asString("")
                    .equals("pass");
        });
    }

    private void assertNoDifference(String one, String other) {
        assertThat(service.jdbc()
                        .queryForList(
                                "(" + one + " except " + other + ") union all (" + other + " except " + one + ")"))
                .isEmpty();
    }

    private static List<ObjectNode> policies(Random random) {
        List<ObjectNode> policies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                policies.add(Objects.clusterPolicy("counted-" + i));
            }
        }
        return policies;
    }

    private static ObjectNode report(Random random) {
        String[] outcomes = {"pass", "fail", "warn", "error", "skip"};
        ObjectNode report = Objects.report(
                "shop",
                "web-" + random.nextInt(3),
                "counted-" + random.nextInt(3),
                outcomes[random.nextInt(5)],
                "counted-" + random.nextInt(3),
                outcomes[random.nextInt(5)]);
        ((ObjectNode) report.at("/results/0/timestamp")).put("seconds", 1_763_892_000 + random.nextInt(9));
        // One scope for all, so that reports speak of the same subjects.
        ((ObjectNode) report.path("scope")).put("name", "web");
        if (random.nextBoolean()) {
            report.put("apiVersion", "openreports.io/v1alpha1").put("kind", "Report");
        }
        return report;
    }
}
