package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.access.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The compliance scenario of the demo, with its own files. */
class ScenarioBTest {
    private static final Path FILES = Path.of("..", "cli", "src", "main", "resources", "scenarios", "b");

    private static final String DEFINITION = """
            {"component-definition": {"metadata": {"title": "Harbour authority"}, "components": [{
              "props": [
                {"name": "Rule_Id", "value": "team-label", "remarks": "1"},
                {"name": "Check_Id", "value": "require-team-label", "remarks": "1"},
                {"name": "Rule_Id", "value": "unprivileged", "remarks": "2"},
                {"name": "Check_Id", "value": "no-privileged-pods", "remarks": "2"}],
              "control-implementations": [{"implemented-requirements": [
                {"control-id": "ac-6", "props": [{"name": "Rule_Id", "value": "unprivileged"}]},
                {"control-id": "cm-8", "props": [{"name": "Rule_Id", "value": "team-label"}]}]}]}]}}""";

    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);

    @Test
    void threeClustersOneOfThemSilent() {
        // Given
        Cluster harbour = fleet.cluster("harbour");
        Cluster lighthouse = fleet.cluster("lighthouse");
        Cluster buoy = Cluster.named("buoy");
        fleet.register(buoy);
        List<ObjectNode> policies = Objects.file(FILES.resolve("policies.yaml"));
        List.of(harbour, lighthouse, buoy).forEach(cluster -> fleet.place(cluster, false, policies));
        service.send("PUT", "/c2p/v1/component-definitions/harbour-authority", DEFINITION, Role.PLATFORM_ADMIN);
        awaitState("by-policy", "policy", "require-team-label", "unknown");
        awaitState("by-cluster", "cluster", "harbour", "unknown");

        // When
        reports("reports-harbour.yaml").forEach(report -> fleet.report(harbour, report));
        reports("reports-lighthouse.yaml").forEach(report -> fleet.report(lighthouse, report));

        // Then the reports are served
        String reports = "/c2p/apis/wgpolicyk8s.io/v1alpha2/";
        eventually().untilAsserted(() -> {
            assertThat(service.get(reports + "namespaces/tower/policyreports/lighthouse.lamp-report")
                            .at("/results/0/resources/0/uid")
                            .asString(""))
                    .isEqualTo("lighthouse/9d0f6c2e-8f4a-4a86-9d2e-0c1e7a7d0b21");
            assertThat(service.get(reports + "clusterpolicyreports/harbour.cluster-report")
                            .at("/results/0/message")
                            .asString(""))
                    .isEqualTo("require-team-label/check-team: pass");
        });
        assertThat(service.get(reports + "namespaces/quay/policyreports/harbour.crane-report")
                        .path("kind")
                        .asString(""))
                .isEqualTo("PolicyReport");

        // And who is compliant
        awaitState("by-policy", "policy", "pinned-image-tags", "fail");
        awaitState("by-policy", "policy", "no-privileged-pods", "fail");
        awaitState("by-policy", "policy", "require-team-label", "unknown");
        assertThat(split("require-team-label")).isEqualTo("2/0/1");
        assertThat(split("pinned-image-tags")).isEqualTo("1/1/1");
        awaitState("by-control", "control", "ac-6", "fail");
        awaitState("by-control", "control", "cm-8", "unknown");
        awaitState("by-cluster", "cluster", "harbour", "fail");
        awaitState("by-cluster", "cluster", "lighthouse", "fail");
        awaitState("by-cluster", "cluster", "buoy", "unknown");

        // And the lamp is repaired
        ObjectNode lamp = reports("reports-lighthouse.yaml").getFirst();
        ((ObjectNode) lamp.at("/results/1")).put("result", "pass");
        fleet.report(lighthouse, lamp);
        eventually().untilAsserted(() -> assertThat(split("no-privileged-pods")).isEqualTo("2/0/1"));
        awaitState("by-cluster", "cluster", "lighthouse", "pass");

        // And its report is deleted
        fleet.delete(lighthouse, lamp);
        awaitState("by-cluster", "cluster", "lighthouse", "unknown");
    }

    private static List<ObjectNode> reports(String file) {
        return Objects.file(FILES.resolve(file)).stream()
                .filter(object -> object.path("kind").asString("").endsWith("PolicyReport"))
                .toList();
    }

    private void awaitState(String summary, String column, String value, String state) {
        eventually()
                .untilAsserted(() -> assertThat(service.row(summary, column, value)
                                .path("state")
                                .asString(""))
                        .isEqualTo(state));
    }

    private String split(String policy) {
        JsonNode clusters = service.row("by-policy", "policy", policy).path("clusters");
        return clusters.path("compliant").asString("-") + "/"
                + clusters.path("nonCompliant").asString("-") + "/"
                + clusters.path("unknown").asString("-");
    }
}
