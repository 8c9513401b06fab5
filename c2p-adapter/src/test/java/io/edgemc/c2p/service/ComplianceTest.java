package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.access.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports in, states and views out, on a real broker and a real database. */
class ComplianceTest {
    private static final String REPORTS = "/apis/wgpolicyk8s.io/v1alpha2/policyreports";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);

    @Test
    void aPlacedPolicyIsUnknownUntilItsReportComes() {
        // Given
        Cluster cluster = fleet.cluster("placed-first");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("quiet")));
        awaitState("by-cluster", "cluster", "placed-first", "unknown");
        assertThat(split("by-policy", "policy", "quiet")).isEqualTo("0/0/1");

        // When
        fleet.report(cluster, Objects.report("shop", "web", "quiet", "pass"));

        // Then
        awaitState("by-cluster", "cluster", "placed-first", "pass");
        awaitState("by-policy", "policy", "quiet", "pass");
        assertThat(split("by-policy", "policy", "quiet")).isEqualTo("1/0/0");
        assertThat(service.row("by-policy", "policy", "quiet").path("freshest").asString(""))
                .isNotEmpty();
    }

    @Test
    void whatIsUnknownSaysWhy() {
        // Given a cluster that never reported, one that is silent, and one whose reports do not speak of what is placed
        Cluster mute = Cluster.named("why-mute");
        fleet.register(mute);
        fleet.place(mute, false, List.of(Objects.clusterPolicy("why-mute-policy")));
        Cluster silent = fleet.cluster("why-silent");
        fleet.place(silent, false, List.of(Objects.clusterPolicy("why-silent-policy")));
        fleet.report(silent, Objects.report("shop", "web", "why-silent-policy", "pass"));
        awaitState("by-policy", "policy", "why-silent-policy", "pass");
        assertThat(service.row("by-policy", "policy", "why-silent-policy").has("unknown"))
                .isFalse();
        Cluster heard = fleet.cluster("why-heard");
        ObjectNode generating =
                Objects.yaml("{apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: {name: why-cel},"
                        + " spec: {rules: [{name: r, validate: {cel: {expressions: []}}}]}}");
        fleet.place(heard, false, List.of(Objects.clusterPolicy("why-plain"), generating));

        // When
        fleet.contact(silent, 1, false, true);

        // Then
        awaitReason("by-policy", "policy", "why-mute-policy", "NeverReported", "why-mute was never heard");
        awaitReason("by-cluster", "cluster", "why-mute", "NeverReported", "why-mute was never heard");
        awaitReason("by-policy", "policy", "why-silent-policy", "Silent", "why-silent is silent since 20");
        awaitReason("by-cluster", "cluster", "why-silent", "Silent", "why-silent is silent since 20");
        awaitReason("by-policy", "policy", "why-plain", "NoResult", "no report of why-heard speaks of why-plain");
        awaitReason(
                "by-policy", "policy", "why-cel", "GeneratesAdmissionPolicy", "why-cel generates an admission policy");
    }

    private void awaitReason(String summary, String column, String value, String reason, String message) {
        eventually().untilAsserted(() -> {
            JsonNode row = service.row(summary, column, value);
            assertThat(row.at("/unknown/reason").asString(""))
                    .as(row.toString())
                    .isEqualTo(reason);
            assertThat(row.at("/unknown/message").asString("")).startsWith(message);
        });
    }

    @Test
    void aTargetWaitsForContentsThatComeLater() {
        // Given
        Cluster cluster = fleet.cluster("late-contents");

        // When
        fleet.place(cluster, true, List.of(Objects.clusterPolicy("late")));

        // Then
        awaitState("by-policy", "policy", "late", "unknown");
        assertThat(service.get("/c2p/clusters/late-contents/apis/kyverno.io/v1/clusterpolicies/late")
                        .at("/metadata/name")
                        .asString(""))
                .isEqualTo("late");
    }

    @Test
    void contentsThatTheHubGivesUpBeforeTheirSuccessorComesAreNotMissed() {
        // Given
        Cluster cluster = fleet.cluster("given-up");
        ObjectNode old = Objects.clusterPolicy("given-up-old");
        ObjectNode kept = Objects.clusterPolicy("given-up-kept");
        Set<Digest> before = fleet.place(cluster, false, List.of(old, kept));
        awaitPolicy("given-up", "given-up-old", true);
        awaitPolicy("given-up", "given-up-kept", true);

        // When everything that the next target does not need is gone before that target is here
        fleet.giveUp(before);
        eventually()
                .untilAsserted(() -> assertThat(service.jdbc()
                                .queryForObject(
                                        "select count(*) from content where digest = any(?)", Long.class, (Object)
                                                before.stream()
                                                        .map(Digest::bytes)
                                                        .toArray(byte[][]::new)))
                        .isZero());
        fleet.place(cluster, true, List.of(kept, Objects.clusterPolicy("given-up-new")));

        // Then what is placed is what the target says
        awaitPolicy("given-up", "given-up-new", true);
        awaitPolicy("given-up", "given-up-old", false);
        awaitPolicy("given-up", "given-up-kept", true);

        // When the contents of before are wanted again
        fleet.place(cluster, true, List.of(old, kept));

        // Then so they are
        awaitPolicy("given-up", "given-up-old", true);
        awaitPolicy("given-up", "given-up-new", false);
    }

    @Test
    void aPolicyThatIsTakenAwayHasNoState() {
        // Given
        Cluster cluster = fleet.cluster("taken-away");
        fleet.report(cluster, Objects.report("shop", "web", "leaving", "fail", "staying", "pass"));
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("leaving"), Objects.clusterPolicy("staying")));
        awaitState("by-cluster", "cluster", "taken-away", "fail");

        // When
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("staying")));

        // Then
        awaitState("by-cluster", "cluster", "taken-away", "pass");
        assertThat(service.row("by-policy", "policy", "leaving").isMissingNode())
                .isTrue();
    }

    @Test
    void aSilentClusterIsUnknownWhereItPassedAndFailsWhereItFailed() {
        // Given
        Cluster cluster = fleet.cluster("goes-silent");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("good"), Objects.clusterPolicy("bad")));
        fleet.report(cluster, Objects.report("shop", "web", "good", "pass", "bad", "fail"));
        awaitState("by-policy", "policy", "good", "pass");

        // When
        fleet.contact(cluster, 1, false, true);

        // Then
        awaitState("by-policy", "policy", "good", "unknown");
        assertThat(state("by-policy", "policy", "bad")).isEqualTo("fail");

        // And back again
        fleet.contact(cluster, 2, true, false);
        awaitState("by-policy", "policy", "good", "pass");
    }

    @Test
    void timeAloneMakesADisconnectedClusterUnknown() {
        // Given
        Cluster cluster = fleet.cluster("time-passes");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("ageing")));
        fleet.report(cluster, Objects.report("shop", "web", "ageing", "pass"));
        fleet.contact(cluster, 1, false, false);
        awaitState("by-policy", "policy", "ageing", "pass");
        eventually()
                .untilAsserted(() -> assertThat(service.jdbc()
                                .queryForObject(
                                        "select sequence from cluster where uid = ?", Long.class, cluster.uid()))
                        .isPositive());

        // When
        service.jdbc()
                .update(
                        "update cluster set delivered_at = delivered_at - interval '1 hour', expires_at = now()"
                                + " where uid = ?",
                        cluster.uid());

        // Then
        awaitState("by-policy", "policy", "ageing", "unknown");
    }

    @Test
    void aDeletedReportIsUnknownAgainAndLeavesTheView() {
        // Given
        Cluster cluster = fleet.cluster("deleted-report");
        ObjectNode report = Objects.report("pier", "web", "watched", "pass");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("watched")));
        fleet.report(cluster, report);
        awaitState("by-policy", "policy", "watched", "pass");
        assertThat(service.get("/c2p/api/v1/namespaces/pier").path("kind").asString(""))
                .isEqualTo("Namespace");

        // When
        fleet.delete(cluster, report);

        // Then
        awaitState("by-policy", "policy", "watched", "unknown");
        assertThat(names("/c2p/clusters/deleted-report" + REPORTS)).isEmpty();
        assertThat(service.get("/c2p/api/v1/namespaces/pier").path("code").asInt())
                .isEqualTo(404);
    }

    @Test
    void duplicatesAndOlderReportsChangeNothing() {
        // Given
        Cluster cluster = fleet.cluster("out-of-order");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("ordered")));
        ObjectReport newest = fleet.report(cluster, 3, 50, Objects.report("shop", "web", "ordered", "pass"));
        awaitState("by-policy", "policy", "ordered", "pass");
        String version = version("out-of-order");

        // When
        fleet.report(cluster, 3, 49, Objects.report("shop", "web", "ordered", "fail"));
        fleet.report(cluster, 2, 99, Objects.report("shop", "web", "ordered", "fail"));
        fleet.send(cluster, newest);
        fleet.report(cluster, 3, 51, Objects.report("shop", "web", "ordered", "pass"));
        fleet.report(cluster, 3, 52, Objects.report("shop", "other", "ordered", "error"));

        // Then
        awaitState("by-policy", "policy", "ordered", "error");
        assertThat(service.row("by-policy", "policy", "ordered").path("counts").toString())
                .isEqualTo("{\"pass\":1,\"fail\":0,\"warn\":0,\"error\":1}");
        assertThat(version("out-of-order")).isEqualTo(version);
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
        awaitState("by-policy", "policy", "fencing", "warn");
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
        awaitState("by-policy", "policy", "twice", "pass");

        // When the engine now writes the newer one
        ObjectNode open = old.deepCopy();
        open.put("apiVersion", "openreports.io/v1alpha1").put("kind", "Report");
        ((ObjectNode) open.at("/results/0")).put("result", "fail");
        ((ObjectNode) open.at("/results/0/timestamp")).put("seconds", 1763899999);
        fleet.report(cluster, open);

        // Then
        awaitState("by-policy", "policy", "twice", "fail");
        assertThat(service.row("by-policy", "policy", "twice").path("counts").toString())
                .isEqualTo("{\"pass\":0,\"fail\":1,\"warn\":0,\"error\":0}");
        assertThat(service.get(
                                "/c2p/clusters/both-groups/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/web")
                        .at("/summary/pass")
                        .asInt(-1))
                .isZero();

        // And if it goes, the older one's word is the newest again
        fleet.delete(cluster, open);
        awaitState("by-policy", "policy", "twice", "pass");
    }

    @Test
    void aGeneratedAdmissionPolicyCountsForItsOriginAsSoonAsThatIsPlaced() {
        // Given
        Cluster cluster = fleet.cluster("generated");
        ObjectNode report = Objects.report("shop", "web", "vpol-origin", "pass");
        ((ObjectNode) report.at("/results/0")).put("source", "ValidatingAdmissionPolicy");
        fleet.report(cluster, report);
        eventually().until(() -> names("/c2p/clusters/generated" + REPORTS).contains("web"));

        // When
        fleet.place(
                cluster,
                false,
                List.of(Objects.yaml("{apiVersion: policies.kyverno.io/v1, kind: ValidatingPolicy,"
                        + " metadata: {name: origin}, spec: {}}")));

        // Then
        awaitState("by-policy", "policy", "origin", "pass");
        assertThat(service.get("/c2p/clusters/generated" + REPORTS)
                        .at("/items/0/results/0/policy")
                        .asString(""))
                .isEqualTo("origin");
    }

    @Test
    void reportsThatComeBeforeTheirClusterAreServedOnceItIsKnown() {
        // Given
        Cluster cluster = Cluster.named("comes-late");
        fleet.contact(cluster, 1, true, false);
        fleet.report(cluster, Objects.report("shop", "web", "early", "pass"));
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("early")));
        awaitState("by-policy", "policy", "early", "unknown");

        // When
        fleet.register(cluster);

        // Then
        awaitState("by-policy", "policy", "early", "pass");
        awaitState("by-cluster", "cluster", "comes-late", "pass");
        assertThat(names("/c2p" + REPORTS)).contains("comes-late.web");
    }

    @Test
    void aClusterThatIsGoneLeavesNothing() {
        // Given
        Cluster cluster = fleet.cluster("gone");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("lost")));
        fleet.report(cluster, Objects.report("shop", "web", "lost", "fail"));
        awaitState("by-policy", "policy", "lost", "fail");
        // Its name comes by another topic than what is known of it.
        awaitState("by-cluster", "cluster", "gone", "fail");

        // When
        fleet.remove(cluster);

        // Then
        eventually().until(() -> service.row("by-cluster", "cluster", "gone").isMissingNode());
        assertThat(service.row("by-policy", "policy", "lost").isMissingNode()).isTrue();
        assertThat(names("/c2p" + REPORTS)).doesNotContain("gone.web");
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
        awaitState("by-policy", "policy", "after-poison", "pass");
        assertThat(names("/c2p/clusters/poisoned" + REPORTS)).containsExactly("web");
    }

    @Test
    void controlsFollowTheirPolicies() {
        // Given
        Cluster one = fleet.cluster("controlled-1");
        Cluster two = fleet.cluster("controlled-2");
        List<ObjectNode> policies = List.of(Objects.clusterPolicy("c-one"), Objects.clusterPolicy("c-two"));
        fleet.place(one, false, policies);
        fleet.place(two, false, policies);
        fleet.report(one, Objects.report("shop", "web", "c-one", "pass", "c-two", "pass"));
        fleet.report(two, Objects.report("shop", "web", "c-one", "pass", "c-two", "pass"));
        awaitState("by-policy", "policy", "c-two", "pass");

        // When
        String definition = """
                {"component-definition": {"metadata": {"title": "t"}, "components": [{"props": [
                  {"name": "Rule_Id", "value": "r1", "remarks": "1"}, {"name": "Check_Id", "value": "c-one", "remarks": "1"},
                  {"name": "Rule_Id", "value": "r2", "remarks": "2"}, {"name": "Check_Id", "value": "c-two", "remarks": "2"},
                  {"name": "Rule_Id", "value": "r3", "remarks": "3"}, {"name": "Check_Id", "value": "c-nowhere", "remarks": "3"}],
                  "control-implementations": [{"implemented-requirements": [
                    {"control-id": "t-1", "props": [{"name": "Rule_Id", "value": "r1"}, {"name": "Rule_Id", "value": "r2"}]},
                    {"control-id": "t-2", "props": [{"name": "Rule_Id", "value": "r1"}, {"name": "Rule_Id", "value": "r3"}]}
                  ]}]}]}}""";
        int created = service.send("PUT", "/c2p/v1/component-definitions/t", definition, Role.COMPLIANCE_OFFICER)
                .statusCode();
        int again = service.send("PUT", "/c2p/v1/component-definitions/t", definition, Role.COMPLIANCE_OFFICER)
                .statusCode();

        // Then
        assertThat(List.of(created, again)).containsExactly(201, 200);
        assertThat(service.get("/c2p/v1/component-definitions/t")
                        .at("/component-definition/metadata/title")
                        .asString(""))
                .isEqualTo("t");
        assertThat(state("by-control", "control", "t-1")).isEqualTo("pass");
        assertThat(split("by-control", "control", "t-1")).isEqualTo("2/0/0");
        JsonNode gap = service.row("by-control", "control", "t-2");
        assertThat(gap.path("state").asString("")).isEqualTo("unknown");
        assertThat(gap.path("notPlaced").toString()).isEqualTo("[\"c-nowhere\"]");

        // And they move with what comes
        fleet.report(two, Objects.report("shop", "web", "c-one", "pass", "c-two", "fail"));
        awaitState("by-control", "control", "t-1", "fail");
        assertThat(split("by-control", "control", "t-1")).isEqualTo("1/1/0");
    }

    private List<String> names(String path) {
        return service.get(path)
                .path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asString(""))
                .toList();
    }

    private String version(String cluster) {
        return service.get(
                        "/c2p/clusters/" + cluster + "/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/web")
                .at("/metadata/resourceVersion")
                .asString("");
    }

    private String state(String summary, String column, String value) {
        return service.row(summary, column, value).path("state").asString("");
    }

    private String split(String summary, String column, String value) {
        JsonNode clusters = service.row(summary, column, value).path("clusters");
        return clusters.path("compliant").asString("-") + "/"
                + clusters.path("nonCompliant").asString("-") + "/"
                + clusters.path("unknown").asString("-");
    }

    private void awaitPolicy(String cluster, String policy, boolean placed) {
        eventually()
                .untilAsserted(() -> assertThat(service.get(
                                        "/c2p/clusters/" + cluster + "/apis/kyverno.io/v1/clusterpolicies/" + policy)
                                .path("kind")
                                .asString(""))
                        .isEqualTo(placed ? "ClusterPolicy" : "Status"));
    }

    private void awaitState(String summary, String column, String value, String state) {
        eventually()
                .untilAsserted(() -> assertThat(state(summary, column, value)).isEqualTo(state));
    }
}
