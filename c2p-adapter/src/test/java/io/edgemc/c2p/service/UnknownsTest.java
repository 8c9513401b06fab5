package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.service.Fleet.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is not heard is unknown, and says why. */
class UnknownsTest {
    private static final String REPORTS = "/apis/wgpolicyk8s.io/v1alpha2/policyreports";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);
    private final Answers answers = new Answers(service);

    @Test
    void aPlacedPolicyIsUnknownUntilItsReportComes() {
        // Given
        Cluster cluster = fleet.cluster("placed-first");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("quiet")));
        answers.awaitState("by-cluster", "cluster", "placed-first", "unknown");
        assertThat(answers.split("by-policy", "policy", "quiet")).isEqualTo("0/0/1");

        // When
        fleet.report(cluster, Objects.report("shop", "web", "quiet", "pass"));

        // Then
        answers.awaitState("by-cluster", "cluster", "placed-first", "pass");
        answers.awaitState("by-policy", "policy", "quiet", "pass");
        assertThat(answers.split("by-policy", "policy", "quiet")).isEqualTo("1/0/0");
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
        answers.awaitState("by-policy", "policy", "why-silent-policy", "pass");
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
    void aSilentClusterIsUnknownWhereItPassedAndFailsWhereItFailed() {
        // Given
        Cluster cluster = fleet.cluster("goes-silent");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("good"), Objects.clusterPolicy("bad")));
        fleet.report(cluster, Objects.report("shop", "web", "good", "pass", "bad", "fail"));
        answers.awaitState("by-policy", "policy", "good", "pass");

        // When
        fleet.contact(cluster, 1, false, true);

        // Then
        answers.awaitState("by-policy", "policy", "good", "unknown");
        assertThat(answers.state("by-policy", "policy", "bad")).isEqualTo("fail");

        // And back again
        fleet.contact(cluster, 2, true, false);
        answers.awaitState("by-policy", "policy", "good", "pass");
    }

    @Test
    void timeAloneMakesADisconnectedClusterUnknown() {
        // Given
        Cluster cluster = fleet.cluster("time-passes");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("ageing")));
        fleet.report(cluster, Objects.report("shop", "web", "ageing", "pass"));
        fleet.contact(cluster, 1, false, false);
        answers.awaitState("by-policy", "policy", "ageing", "pass");
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
        answers.awaitState("by-policy", "policy", "ageing", "unknown");
    }

    @Test
    void aDeletedReportIsUnknownAgainAndLeavesTheView() {
        // Given
        Cluster cluster = fleet.cluster("deleted-report");
        ObjectNode report = Objects.report("pier", "web", "watched", "pass");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("watched")));
        fleet.report(cluster, report);
        answers.awaitState("by-policy", "policy", "watched", "pass");
        assertThat(service.get("/c2p/api/v1/namespaces/pier").path("kind").asString(""))
                .isEqualTo("Namespace");

        // When
        fleet.delete(cluster, report);

        // Then
        answers.awaitState("by-policy", "policy", "watched", "unknown");
        assertThat(answers.names("/c2p/clusters/deleted-report" + REPORTS)).isEmpty();
        assertThat(service.get("/c2p/api/v1/namespaces/pier").path("code").asInt())
                .isEqualTo(404);
    }
}
