package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.oscal.ComponentDefinition;
import io.edgemc.c2p.oscal.ControlMap;
import io.edgemc.c2p.service.Fleet.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports that Kyverno 1.19 wrote, read from the view as Compliance-to-Policy 0.5.0 reads them. The recordings are not part of this
 * repository: they lie in {@code ../shared}, or where the variable EDGE_MC_SHARED says.
 */
class RecordedReportsTest {
    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);
    private Path data = Path.of("");

    @BeforeEach
    void findTheRecordings() {
        String named = System.getenv("EDGE_MC_SHARED");
        Path shared = named == null ? Path.of("..", "..", "shared") : Path.of(named);
        data = shared.resolve("data").resolve("c2p").resolve("kyverno-1.19");
        if (!Files.isDirectory(data)) {
            System.err.println(
                    "\n*** SKIPPED, NOT PASSED: " + getClass().getSimpleName() + "\n*** There are no recordings in "
                            + data + "; set EDGE_MC_SHARED to the folder that holds data/c2p.\n");
            Assumptions.abort("no recordings");
        }
    }

    @Test
    void complianceToPolicyCountsWhatItMustInBothClusters() {
        // Given
        JsonNode expected = Objects.file(data.resolve("expect.json")).getFirst();

        for (String name : List.of("cluster-a", "cluster-b")) {
            // When
            Cluster cluster = fleet.cluster(name);
            fleet.place(cluster, false, policies());
            recorded(name + "/raw/policyreports.wgpolicyk8s.io.json").forEach(report -> fleet.report(cluster, report));
            recorded(name + "/raw/clusterpolicyreports.wgpolicyk8s.io.json")
                    .forEach(report -> fleet.report(cluster, report));

            // Then
            eventually()
                    .untilAsserted(() -> assertThat(counted("/c2p/clusters/" + name))
                            .isEqualTo(withoutWarnings(expected.path(name))));
        }
        assertThat(counted("/c2p")).isNotEmpty();
    }

    @Test
    void staleReportsOfTheOlderGroupAreNotCountedTwice() {
        // Given
        Cluster cluster = fleet.cluster("switched");
        fleet.place(cluster, false, policies());
        recorded("cluster-b/raw/policyreports.wgpolicyk8s.io.json").forEach(report -> fleet.report(cluster, report));

        // When
        List<ObjectNode> open = recorded("cluster-b/openreports/reports.openreports.io.yaml");
        open.addAll(recorded("cluster-b/openreports/clusterreports.openreports.io.yaml"));
        open.forEach(report -> fleet.report(cluster, report));

        // Then
        String last = open.getLast().at("/metadata/name").asString("");
        eventually()
                .until(() -> service.get(
                                "/c2p/clusters/switched/apis/wgpolicyk8s.io/v1alpha2/clusterpolicyreports/" + last)
                        .path("kind")
                        .asString("")
                        .equals("ClusterPolicyReport"));
        Set<String> statements = new HashSet<>();
        for (ObjectNode report : served("/c2p/clusters/switched")) {
            for (JsonNode result : report.path("results")) {
                for (JsonNode resource : result.path("resources")) {
                    String statement = result.path("source").asString("")
                            + result.path("policy").asString("")
                            + result.path("rule").asString("")
                            + resource.path("kind").asString("")
                            + resource.path("namespace").asString("")
                            + resource.path("name").asString("");
                    assertThat(statements.add(statement)).as(statement).isTrue();
                }
            }
        }
    }

    @Test
    void theOlderRecordingsAreServedToo() {
        // Given
        Cluster cluster = fleet.cluster("kyverno-1-10");
        List<ObjectNode> reports =
                Objects.file(data.resolveSibling("kyverno").resolve("policyreports.wgpolicyk8s.io.yaml"));

        // When
        reports.forEach(report -> fleet.report(cluster, report));

        // Then
        eventually()
                .untilAsserted(() -> assertThat(served("/c2p/clusters/kyverno-1-10"))
                        .hasSize(6)
                        .allSatisfy(report -> assertThat(report.path("results")).isNotEmpty()));
    }

    @Test
    void theRecordedComponentDefinitionsAreUnderstood() throws Exception {
        // When
        ControlMap recent = ComponentDefinition.read(
                Objects.file(data.resolve("component-definition.json")).getFirst());
        ControlMap older = ComponentDefinition.read(
                Objects.file(data.resolveSibling("kyverno").resolve("component-definition.json"))
                        .getFirst());

        // Then
        assertThat(recent.controls()).hasSize(13);
        assertThat(recent.checks().values().stream().flatMap(Set::stream).distinct())
                .hasSize(17);
        assertThat(older.checks().values().stream().flatMap(Set::stream))
                .contains("allowed-base-images", "disallow-capabilities");
    }

    /** Subjects by policy and outcome, as the plugin of 0.5.0 counts them; fails where it would. */
    private Map<String, Map<String, Integer>> counted(String view) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (ObjectNode report : served(view)) {
            assertThat(report.path("apiVersion").asString("")).isEqualTo("wgpolicyk8s.io/v1alpha2");
            for (JsonNode result : report.required("results")) {
                assertThat(result.required("message").asString(""))
                        .isNotBlank()
                        .isEqualTo(result.required("message").asString("").strip());
                assertThat(result.at("/timestamp/seconds").isIntegralNumber()).isTrue();
                String outcome = switch (result.required("result").asString("")) {
                    case "pass" -> "pass";
                    case "fail", "warn" -> "failure";
                    default -> "error";
                };
                for (JsonNode resource : result.required("resources")) {
                    assertThat(resource.required("uid").asString("")).isNotEmpty();
                    counts.computeIfAbsent(result.required("policy").asString(""), policy -> new TreeMap<>())
                            .merge(outcome, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private List<ObjectNode> served(String view) {
        List<ObjectNode> served = new ArrayList<>();
        for (String resource : List.of("policyreports", "clusterpolicyreports")) {
            service.get(view + "/apis/wgpolicyk8s.io/v1alpha2/" + resource)
                    .path("items")
                    .forEach(item -> served.add((ObjectNode) item));
        }
        return served;
    }

    private static Map<String, Map<String, Integer>> withoutWarnings(JsonNode expected) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        expected.properties().forEach(policy -> {
            Map<String, Integer> outcomes = new TreeMap<>();
            policy.getValue().properties().forEach(outcome -> {
                if (!outcome.getKey().equals("warn")) {
                    outcomes.put(outcome.getKey(), outcome.getValue().asInt());
                }
            });
            counts.put(policy.getKey(), outcomes);
        });
        return counts;
    }

    private List<ObjectNode> recorded(String file) {
        return Objects.file(data.resolve(file));
    }

    private List<ObjectNode> policies() {
        List<ObjectNode> policies = new ArrayList<>();
        try (var files = Files.list(data.resolve("policies"))) {
            files.sorted()
                    .forEach(file -> Objects.file(file).stream()
                            .filter(object -> object.path("kind").asString("").endsWith("Policy"))
                            .forEach(policies::add));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return policies;
    }
}
