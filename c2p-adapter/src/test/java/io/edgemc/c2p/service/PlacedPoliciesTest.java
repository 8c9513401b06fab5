package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.access.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which policies count, by what the hub places. */
class PlacedPoliciesTest {
    private static final String REPORTS = "/apis/wgpolicyk8s.io/v1alpha2/policyreports";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);
    private final Answers answers = new Answers(service);

    @Test
    void aTargetWaitsForContentsThatComeLater() {
        // Given
        Cluster cluster = fleet.cluster("late-contents");

        // When
        fleet.place(cluster, true, List.of(Objects.clusterPolicy("late")));

        // Then
        answers.awaitState("by-policy", "policy", "late", "unknown");
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
        answers.awaitPolicy("given-up", "given-up-old", true);
        answers.awaitPolicy("given-up", "given-up-kept", true);

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
        answers.awaitPolicy("given-up", "given-up-new", true);
        answers.awaitPolicy("given-up", "given-up-old", false);
        answers.awaitPolicy("given-up", "given-up-kept", true);

        // When the contents of before are wanted again
        fleet.place(cluster, true, List.of(old, kept));

        // Then so they are
        answers.awaitPolicy("given-up", "given-up-old", true);
        answers.awaitPolicy("given-up", "given-up-new", false);
    }

    @Test
    void aPolicyThatIsTakenAwayHasNoState() {
        // Given
        Cluster cluster = fleet.cluster("taken-away");
        fleet.report(cluster, Objects.report("shop", "web", "leaving", "fail", "staying", "pass"));
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("leaving"), Objects.clusterPolicy("staying")));
        answers.awaitState("by-cluster", "cluster", "taken-away", "fail");

        // When
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("staying")));

        // Then
        answers.awaitState("by-cluster", "cluster", "taken-away", "pass");
        assertThat(service.row("by-policy", "policy", "leaving").isMissingNode())
                .isTrue();
    }

    @Test
    void aGeneratedAdmissionPolicyCountsForItsOriginAsSoonAsThatIsPlaced() {
        // Given
        Cluster cluster = fleet.cluster("generated");
        ObjectNode report = Objects.report("shop", "web", "vpol-origin", "pass");
        ((ObjectNode) report.at("/results/0")).put("source", "ValidatingAdmissionPolicy");
        fleet.report(cluster, report);
        eventually()
                .until(() -> answers.names("/c2p/clusters/generated" + REPORTS).contains("web"));

        // When
        fleet.place(
                cluster,
                false,
                List.of(Objects.yaml("{apiVersion: policies.kyverno.io/v1, kind: ValidatingPolicy,"
                        + " metadata: {name: origin}, spec: {}}")));

        // Then
        answers.awaitState("by-policy", "policy", "origin", "pass");
        assertThat(service.get("/c2p/clusters/generated" + REPORTS)
                        .at("/items/0/results/0/policy")
                        .asString(""))
                .isEqualTo("origin");
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
        answers.awaitState("by-policy", "policy", "c-two", "pass");

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
        assertThat(answers.state("by-control", "control", "t-1")).isEqualTo("pass");
        assertThat(answers.split("by-control", "control", "t-1")).isEqualTo("2/0/0");
        JsonNode gap = service.row("by-control", "control", "t-2");
        assertThat(gap.path("state").asString("")).isEqualTo("unknown");
        assertThat(gap.path("notPlaced").toString()).isEqualTo("[\"c-nowhere\"]");

        // And they move with what comes
        fleet.report(two, Objects.report("shop", "web", "c-one", "pass", "c-two", "fail"));
        answers.awaitState("by-control", "control", "t-1", "fail");
        assertThat(answers.split("by-control", "control", "t-1")).isEqualTo("1/1/0");
    }
}
