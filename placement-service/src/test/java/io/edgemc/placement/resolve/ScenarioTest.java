package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios A and C of the demo, as far as desired state goes, from the files that the demo uses. */
class ScenarioTest {
    private static final String REPLICA_SET = "replicasets.apps/commonstuff/commond";
    private static final String DEPLOYMENT = "deployments.apps/specialstuff/speciald";
    private static final String CRD = "customresourcedefinitions.apiextensions.k8s.io//crontabs.stable.example.com";
    private static final Map<String, String> RESOURCES = Map.of(
            "Customizer",
            "customizers",
            "EdgePlacement",
            "edgeplacements",
            "Namespace",
            "namespaces",
            "ConfigMap",
            "configmaps",
            "ReplicaSet",
            "replicasets",
            "Deployment",
            "deployments",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            "CronTab",
            "crontabs",
            "APIService",
            "apiservices",
            "Override",
            "overrides");

    private final TestHub hub = new TestHub();

    @Test
    void scenarioA() {
        scenarioAIsSetUp();

        assertThat(hub.held("florin").keySet())
                .containsExactlyInAnyOrder(
                        "namespaces//commonstuff",
                        "configmaps/commonstuff/httpd-htdocs",
                        REPLICA_SET,
                        "syncerconfigs.edge-mc.io//the-syncer");
        assertThat(hub.held("guilder").keySet())
                .containsExactlyInAnyOrder(
                        "namespaces//commonstuff",
                        "configmaps/commonstuff/httpd-htdocs",
                        REPLICA_SET,
                        "namespaces//specialstuff",
                        "configmaps/specialstuff/httpd-htdocs",
                        DEPLOYMENT,
                        CRD,
                        "crontabs.stable.example.com/specialstuff/my-new-cron-object",
                        "apiservices.apiregistration.k8s.io//v1090.example.my",
                        "syncerconfigs.edge-mc.io//the-syncer");
        assertThat(held("florin", "configmaps/commonstuff/httpd-htdocs")).contains("florin, 100% of it");
        assertThat(held("guilder", "configmaps/commonstuff/httpd-htdocs")).contains("guilder, 100% of it");
        assertThat(held("florin", REPLICA_SET)).contains("env is prod");
        assertThat(held("guilder", "namespaces//specialstuff")).contains("\"special\":\"yes\"");
        assertThat(entry("florin", "namespaces//commonstuff").flags()).containsExactly(EntryFlag.EXISTENCE);
        assertThat(held("guilder", "syncerconfigs.edge-mc.io//the-syncer"))
                .contains("group1.test", "group2.test", "group3.test");
        assertThat(hub.model.executing("common", ObjectKey.parse(REPLICA_SET)))
                .isEqualTo(new Executing("common", ObjectKey.parse(REPLICA_SET), 2, null, true, false));
        assertThat(hub.model.executing("special", ObjectKey.parse(DEPLOYMENT)))
                .isEqualTo(new Executing("special", ObjectKey.parse(DEPLOYMENT), 1, "uid-guilder", true, false));
    }

    @Test
    void deletingTheFirstPlacementEmptiesFlorinAndLeavesOnlySpecialAtGuilder() {
        scenarioAIsSetUp();

        hub.apply(hub.deletion("common", "edgeplacements.edge-mc.io//edge-placement-c"));

        assertThat(hub.held("florin")).isEmpty();
        assertThat(hub.held("guilder").keySet())
                .doesNotContain(REPLICA_SET, "namespaces//commonstuff")
                .contains(DEPLOYMENT, "namespaces//specialstuff", CRD);
        ManifestEntry tombstone = entry("florin", REPLICA_SET);
        assertThat(tombstone.isDelete()).isTrue();
        assertThat(tombstone.flags()).isEmpty();
        Decision decision = hub.decision(tombstone);
        assertThat(decision.type()).isEqualTo("delete");
        assertThat(decision.who()).isEqualTo("alice");
        assertThat(decision.why()).isEqualTo("delete edgeplacements.edge-mc.io//edge-placement-c in common");
        assertThat(decision.requestId()).isNotEmpty();
        assertThat(decision.placements()).extracting(Decision.Source::name).containsExactly("edge-placement-c");
        assertThat(entry("florin", "namespaces//commonstuff").flags())
                .containsExactlyInAnyOrder(EntryFlag.EXISTENCE, EntryFlag.ORPHAN);
        assertThat(hub.model.executing("common", ObjectKey.parse(REPLICA_SET)).clusters())
                .isZero();
    }

    @Test
    void aRelabelledClusterGetsAndLosesExactlyTheDifference() {
        scenarioAIsSetUp();
        Map<String, String> before = hub.held("guilder");

        Resolution resolution = hub.apply(hub.write(
                hub.cluster("florin", Map.of("loc-name", "florin", "env", "prod", "extended", "yes"), Map.of())));

        assertThat(resolution.targets()).hasSize(1);
        assertThat(hub.held("florin").keySet()).isEqualTo(before.keySet());
        hub.apply(hub.write(hub.cluster("florin", Map.of("loc-name", "florin", "env", "prod"), Map.of())));
        assertThat(hub.held("florin").keySet()).contains(REPLICA_SET).doesNotContain(DEPLOYMENT);
        assertThat(entry("florin", DEPLOYMENT).isDelete()).isTrue();
    }

    @Test
    void aChangedParameterRendersOnlyWhatReadsIt() {
        scenarioAIsSetUp();
        Map<String, String> before = hub.held("florin");

        Resolution resolution = hub.apply(hub.write(
                hub.cluster("florin", Map.of("loc-name", "florin", "env", "prod"), Map.of("loc-name", "Florin!"))));

        assertThat(resolution.targets()).hasSize(1);
        assertThat(resolution.contents().stream()
                        .filter(content -> content.kind() == io.edgemc.api.content.ContentKind.OBJECT))
                .hasSize(1);
        Map<String, String> after = hub.held("florin");
        assertThat(after.get("configmaps/commonstuff/httpd-htdocs")).contains("Florin!");
        assertThat(after.get(REPLICA_SET)).isEqualTo(before.get(REPLICA_SET));
    }

    @Test
    void scenarioC() {
        List<Change> changes = new java.util.ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            changes.add(hub.write(hub.cluster(
                    "site" + i,
                    Map.of("application", "inspection", "size", i % 4 == 0 ? "large" : "small"),
                    Map.of("camera", "10.0.0." + i, "model", "v" + i % 3))));
        }
        hub.apply(changes.toArray(Change[]::new));
        write("inspection", "c/objects.yaml");
        write("inspection", "c/override.yaml");
        write("inspection", "c/placement.yaml");

        for (int i = 1; i <= 20; i++) {
            assertThat(held("site" + i, "configmaps/inspection/camera"))
                    .contains("rtsp://10.0.0." + i + "/stream", "\"site\":\"site" + i + "\"");
            assertThat(held("site" + i, "deployments.apps/inspection/inspector"))
                    .contains("inspection/model:v" + i % 3, "\"replicas\":" + (i % 4 == 0 ? 3 : 1));
        }
        assertThat(hub.results.get("inspection/inspection").matchingClusters()).isEqualTo(20);
    }

    private void scenarioAIsSetUp() {
        hub.apply(
                hub.write(hub.cluster("florin", Map.of("loc-name", "florin", "env", "prod"), Map.of())),
                hub.write(hub.cluster(
                        "guilder", Map.of("loc-name", "guilder", "env", "prod", "extended", "yes"), Map.of())));
        write("common", "a/common-objects.yaml");
        write("common", "a/common-placement.yaml");
        write("special", "a/special-crd.yaml");
        write("special", "a/special-objects.yaml");
        write("special", "a/special-placement.yaml");
    }

    private void write(String space, String file) {
        for (ObjectNode object : Yaml.scenario(file)) {
            String resource = RESOURCES.get(object.path("kind").asString(""));
            Change.ObjectWritten change = hub.object(space, Objects.requireNonNull(resource), object);
            assertThat(io.edgemc.placement.resolve.space.ControlObjects.validate(change.key(), object))
                    .isEmpty();
            hub.apply(change);
        }
    }

    private String held(String cluster, String key) {
        return Objects.requireNonNull(new LinkedHashMap<>(hub.held(cluster)).get(key), key);
    }

    private ManifestEntry entry(String cluster, String key) {
        return Objects.requireNonNull(hub.entry(cluster, key), key);
    }
}
