package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.event.Topics;
import io.edgemc.api.target.Target;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.RunningService.Answer;
import io.edgemc.placement.desired.ClusterObjects;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.View;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.testing.TestKafka;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The service from outside: HTTP in, bus out, reports back. */
class PlacementServiceTest extends WholeServiceTest {
    @Test
    void anObjectInASpaceBecomesATargetOfTheSelectedClusterAndItsReportsComeBack() throws Exception {
        // Given
        String cluster = hub.cluster("florin", "prod");
        hub.space("common");
        hub.create("/spaces/common/api/v1/namespaces/default/configmaps", PlacementClient.configMap("page"));

        Instant before = Instant.now().minusMillis(1);

        // When
        Answer placement = hub.create(
                "/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements",
                PlacementClient.placement("everywhere", "prod", true));

        // Then: it says at once what it matches, and the bus has the target and every content that the target needs
        assertThat(placement.body().at("/status/matchingClusters").asInt()).isEqualTo(1);
        assertThat(placement.body().at("/status/matchingObjects").asInt()).isEqualTo(1);
        Target target = bus.filledTarget(cluster);
        assertThat(bus.hasContent(target.state().manifest())).isTrue();
        assertThat(Instant.parse(target.writtenAt())).isBetween(before, Instant.now());
        assertThat(hub.get("/spaces/common/api/v1/namespaces/default/configmaps/page")
                        .at("/metadata/annotations/edge-mc.io~1executing-count")
                        .asString())
                .isEqualTo("1");

        // When: the cluster says that it holds it, and what the object's status is there
        report(ReportEvents.clusterReport(cluster, 1, target));
        report(ReportEvents.objectReport(cluster));

        // Then
        await(() -> hub.get("/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements/everywhere")
                        .at("/status/delivered")
                        .asInt()
                == 1);
        ObjectNode shown = hub.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/florin");
        assertThat(shown.at("/status/syncer/version").asString()).isEqualTo("0.1");
        assertThat(shown.at("/status/conditions").toString()).contains("UpToDate");
        await(() -> hub.get("/spaces/common/api/v1/namespaces/default/configmaps/page")
                .at("/status/seen")
                .asBoolean(false));

        // When: the cluster no longer matches
        Answer relabelled = service.call(
                "PATCH",
                "/inventory/apis/edge-mc.io/v1alpha1/clusters/florin",
                "{\"metadata\":{\"labels\":{\"env\":\"test\"}}}",
                "application/merge-patch+json");

        // Then: another target, no count, no status
        assertThat(relabelled.status()).isEqualTo(200);
        await(() -> bus.target(cluster).orElseThrow().revision() > target.revision());
        ObjectNode source = hub.get("/spaces/common/api/v1/namespaces/default/configmaps/page");
        assertThat(source.at("/metadata/annotations").isMissingNode()).isTrue();
        assertThat(source.has("status")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"placement-writes", "placement-outbox", "placement-reports", "dead-letters"})
    void everyQueueShowsTheAgeOfItsOldest(String queue) throws Exception {
        assertThat(service.text("/actuator/prometheus"))
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"" + queue + "\"");
    }

    @Test
    void aReportThatNamesWhatIsNoDecisionStopsNobody() throws Exception {
        // Given
        String liar = hub.cluster("liar", "lies");
        String other = hub.cluster("honest", "lies");
        hub.placedPage("lied", "lies");
        Target target = bus.filledTarget(liar);
        Target others = bus.filledTarget(other);
        Digest combination = Objects.requireNonNull(target.combination());

        // When: exceptions name a manifest, the combination of placements, and nothing at all
        report(ReportEvents.clusterReport(
                liar,
                1,
                target,
                List.of(
                        ReportEvents.exception(target.state().manifest()),
                        ReportEvents.exception(combination),
                        ReportEvents.exception(Digest.sha256("nothing")))));
        report(ReportEvents.clusterReport(other, 1, others));

        // Then: both reports are taken in, and writes go on
        await(() -> hub.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/liar")
                .at("/status/conditions")
                .toString()
                .contains("3 objects are not as wanted"));
        await(() -> hub.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/honest")
                .at("/status/conditions")
                .toString()
                .contains("UpToDate"));
        hub.create("/spaces/lied/api/v1/namespaces/default/configmaps", PlacementClient.configMap("another"));
    }

    @Test
    void aReportThatCannotBeTakenInIsADeadLetterAndStopsNobody() throws Exception {
        // Given: an object in the inventory that no report can be written to
        String broken = hub.cluster("broken", "broken");
        String whole = hub.cluster("whole", "broken");
        hub.placedPage("broken", "broken");
        Target target = bus.filledTarget(whole);
        ViewStore inventory = service.store(View.INVENTORY);
        StoredObject stored = inventory.get(ClusterObjects.CLUSTERS, "", "broken");
        ObjectNode unwritable = Bodies.parse(stored).put("status", "not an object");
        inventory.commit(Replica.replace(stored, unwritable), Replica.ANN).join();

        // When
        report(ReportEvents.clusterReport(broken, 1, target));
        report(ReportEvents.clusterReport(whole, 1, target));

        // Then: after the engine has loaded its state anew, for which it answers 503
        await(() -> isUpToDate("whole"));
        try (FleetEventReader events = new FleetEventReader(TestKafka.bootstrapServers())) {
            assertThat(events.keyOf("dead-letter", event -> event.details().containsValue("placement-reports")))
                    .isEqualTo(broken);
        }
    }

    @Test
    void aClusterLeavesInTwoStepsAndItsNameGetsANewUid() throws Exception {
        // Given
        String uid = hub.cluster("leaver", "none");

        // When
        Answer deleted =
                service.call("DELETE", "/inventory/apis/edge-mc.io/v1alpha1/clusters/leaver", null, "application/json");

        // Then: quarantined, not gone
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(service.get("/api/v1/clusters/leaver/decommission")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("quarantined");

        // When
        Answer asked = service.call(
                "POST",
                "/api/v1/clusters/leaver/decommission",
                "{\"policy\":\"delete\",\"force\":true}",
                "application/json");

        // Then
        assertThat(asked.status()).isEqualTo(202);
        await(() -> hub.status("/inventory/apis/edge-mc.io/v1alpha1/clusters/leaver") == 404);
        await(() -> bus.isGone(Topics.INVENTORY, uid));
        assertThat(hub.cluster("leaver", "none")).isNotEqualTo(uid);
        Answer unknown = service.get("/api/v1/clusters/nobody/decommission");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("code").asString()).isEqualTo("cluster-not-found");
    }

    @Test
    void aDeletedSpaceTakesItsContentAwayAndIsGone() throws Exception {
        // Given
        hub.space("brief");
        hub.create("/spaces/brief/api/v1/namespaces/default/configmaps", PlacementClient.configMap("a"));

        // When
        service.call("DELETE", "/system/apis/edge-mc.io/v1alpha1/spaces/brief", null, "application/json");

        // Then
        await(() -> hub.status("/system/apis/edge-mc.io/v1alpha1/spaces/brief") == 404);
        assertThat(hub.status("/spaces/brief/api/v1/configmaps")).isEqualTo(404);
        hub.space("brief");
        assertThat(hub.get("/spaces/brief/api/v1/configmaps").path("items")).isEmpty();
        assertThat(hub.get("/spaces/brief/api/v1/namespaces/default")
                        .path("kind")
                        .asString())
                .isEqualTo("Namespace");
    }

    @Test
    void whatTheFleetDoesIsToldToThePublicUnderTheUidOfTheCluster() throws Exception {
        // Given
        String uid = hub.cluster("told", "told");
        hub.space("tell");
        hub.space("tale");
        for (String name : List.of("tell", "tale")) {
            hub.create(
                    "/spaces/" + name + "/api/v1/namespaces/default/configmaps",
                    PlacementClient.configMap("page").replace("a: b", "a: " + name));
            hub.create(
                    "/spaces/" + name + "/apis/edge-mc.io/v1alpha1/edgeplacements",
                    PlacementClient.placement("p", "told", false));
        }
        hub.create(
                "/spaces/tell/api/v1/namespaces/default/configmaps",
                "apiVersion: v1\n"
                        + "kind: ConfigMap\n"
                        + "metadata: {name: lost, annotations: {edge-mc.io/expand-parameters: \"true\"}}\n"
                        + "data: {a: \"%(nowhere)\"}\n");
        Target target = bus.filledTarget(uid);

        // When: it connects, says so again, falls silent, and ends
        report(ReportEvents.clusterReport(uid, 1, target, List.of()));
        report(ReportEvents.clusterReport(uid, 2, target, List.of()));
        report(ReportEvents.silent(uid, 3, target));
        await(() -> hub.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/told")
                .at("/status/conditions")
                .toString()
                .contains("Silent"));
        service.call(
                "POST",
                "/api/v1/clusters/told/decommission",
                "{\"policy\":\"orphan\",\"force\":true}",
                "application/json");

        // Then
        try (FleetEventReader events = new FleetEventReader(TestKafka.bootstrapServers())) {
            Predicate<FleetEvent> ofIt = event -> event.cluster().equals("told");
            assertThat(events.keyOf("decommissioned", ofIt)).isEqualTo(uid);
            assertThat(events.keyOf("cluster-connected", ofIt)).isEqualTo(uid);
            assertThat(events.count("cluster-connected", ofIt)).isEqualTo(1);
            assertThat(events.keyOf("cluster-stale", ofIt)).isEqualTo(uid);
            assertThat(events.keyOf("render-failed", ofIt)).isEqualTo(uid);
            assertThat(events.keyOf("conflict", event -> event.details().containsValue("tale")))
                    .isEqualTo(FleetEvent.FLEET);
        }
    }

    private static boolean isUpToDate(String cluster) {
        try {
            Answer answer = service.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/" + cluster);
            return answer.status() == 200
                    && answer.body().at("/status/conditions").toString().contains("UpToDate");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void report(OutgoingEvent event) {
        service.context().getBean(EventPublisher.class).publish(event).join();
    }
}
