package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.report.ObjectReport;
import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.access.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Which reports count, and what is served of them. */
class ReportsTest {
    private static final String REPORTS = "/apis/wgpolicyk8s.io/v1alpha2/policyreports";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);
    private final Answers answers = new Answers(service);

    @Test
    void duplicatesAndOlderReportsChangeNothing() {
        // Given
        Cluster cluster = fleet.cluster("out-of-order");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("ordered")));
        ObjectReport newest = fleet.report(cluster, 3, 50, Objects.report("shop", "web", "ordered", "pass"));
        answers.awaitState("by-policy", "policy", "ordered", "pass");
        String version = answers.version("out-of-order");

        // When
        fleet.report(cluster, 3, 49, Objects.report("shop", "web", "ordered", "fail"));
        fleet.report(cluster, 2, 99, Objects.report("shop", "web", "ordered", "fail"));
        fleet.send(cluster, newest);
        fleet.report(cluster, 3, 51, Objects.report("shop", "web", "ordered", "pass"));
        fleet.report(cluster, 3, 52, Objects.report("shop", "other", "ordered", "error"));

        // Then
        answers.awaitState("by-policy", "policy", "ordered", "error");
        assertThat(service.row("by-policy", "policy", "ordered").path("counts").toString())
                .isEqualTo("{\"pass\":1,\"fail\":0,\"warn\":0,\"error\":1}");
        assertThat(answers.version("out-of-order")).isEqualTo(version);
    }

    @Test
    void reportsOfAnOlderSessionAreNotTaken() {
        // Given
        Cluster cluster = fleet.cluster("fenced");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("fencing")));
        fleet.contact(cluster, 7, true, false);

        // When
        fleet.report(cluster, 6, 1, Objects.report("shop", "web", "fencing", "pass"));
        fleet.report(cluster, 7, 1, Objects.report("shop", "other", "fencing", "warn"));

        // Then
        answers.awaitState("by-policy", "policy", "fencing", "warn");
        assertThat(service.row("by-policy", "policy", "fencing")
                        .path("counts")
                        .path("pass")
                        .asInt())
                .isZero();
    }

    @Test
    void bothGroupsAtOnceAreCountedOnceAndTheNewestCounts() {
        // Given a stale report of the older group
        Cluster cluster = fleet.cluster("both-groups");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("twice")));
        ObjectNode old = Objects.report("shop", "web", "twice", "pass");
        fleet.report(cluster, old);
        answers.awaitState("by-policy", "policy", "twice", "pass");

        // When the engine now writes the newer one
        ObjectNode open = old.deepCopy();
        open.put("apiVersion", "openreports.io/v1alpha1").put("kind", "Report");
        ((ObjectNode) open.at("/results/0")).put("result", "fail");
        ((ObjectNode) open.at("/results/0/timestamp")).put("seconds", 1763899999);
        fleet.report(cluster, open);

        // Then
        answers.awaitState("by-policy", "policy", "twice", "fail");
        assertThat(service.row("by-policy", "policy", "twice").path("counts").toString())
                .isEqualTo("{\"pass\":0,\"fail\":1,\"warn\":0,\"error\":0}");
        assertThat(service.get(
                                "/c2p/clusters/both-groups/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/web")
                        .at("/summary/pass")
                        .asInt(-1))
                .isZero();

        // And if it goes, the older one's word is the newest again
        fleet.delete(cluster, open);
        answers.awaitState("by-policy", "policy", "twice", "pass");
    }

    @Test
    void reportsThatComeBeforeTheirClusterAreServedOnceItIsKnown() {
        // Given
        Cluster cluster = Cluster.named("comes-late");
        fleet.contact(cluster, 1, true, false);
        fleet.report(cluster, Objects.report("shop", "web", "early", "pass"));
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("early")));
        answers.awaitState("by-policy", "policy", "early", "unknown");

        // When
        fleet.register(cluster);

        // Then
        answers.awaitState("by-policy", "policy", "early", "pass");
        answers.awaitState("by-cluster", "cluster", "comes-late", "pass");
        assertThat(answers.names("/c2p" + REPORTS)).contains("comes-late.web");
    }

    @Test
    void aClusterThatIsGoneLeavesNothing() {
        // Given
        Cluster cluster = fleet.cluster("gone");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("lost")));
        fleet.report(cluster, Objects.report("shop", "web", "lost", "fail"));
        answers.awaitState("by-policy", "policy", "lost", "fail");
        // Its name comes by another topic than what is known of it.
        answers.awaitState("by-cluster", "cluster", "gone", "fail");

        // When
        fleet.remove(cluster);

        // Then
        eventually().until(() -> service.row("by-cluster", "cluster", "gone").isMissingNode());
        assertThat(service.row("by-policy", "policy", "lost").isMissingNode()).isTrue();
        assertThat(answers.names("/c2p" + REPORTS)).doesNotContain("gone.web");
        assertThat(service.send("GET", "/c2p/clusters/gone" + REPORTS, "", Role.COMPLIANCE_READER)
                        .statusCode())
                .isEqualTo(404);
        for (String table :
                List.of("cluster_target", "placed_policy", "report", "claim", "policy_state", "namespace_use")) {
            assertThat(service.jdbc()
                            .queryForObject(
                                    "select count(*) from " + table + " where cluster_uid = ?",
                                    Long.class,
                                    cluster.uid()))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aRecordThatIsNoReportBlocksNobody() {
        // Given
        Cluster cluster = fleet.cluster("poisoned");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("after-poison")));
        ObjectNode broken = Objects.report("shop", "broken", "after-poison", "pass");
        broken.put("results", "none");

        // When
        fleet.sendPoison(cluster, Fleet.key(broken), "{\"nothing\":true}");
        fleet.report(cluster, broken);
        fleet.report(cluster, Objects.report("shop", "web", "after-poison", "pass"));

        // Then
        answers.awaitState("by-policy", "policy", "after-poison", "pass");
        assertThat(answers.names("/c2p/clusters/poisoned" + REPORTS)).containsExactly("web");
    }
}
