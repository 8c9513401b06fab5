package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.api.target.Target;
import io.edgemc.bus.event.BusEvent;
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
import io.edgemc.servers.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The service from outside: HTTP in, bus out, reports back. */
class PlacementServiceTest {
    private static RunningService service;
    private static TopicReader bus;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        service = new RunningService(TestPostgres.freshDatabase(), TestKafka.bootstrapServers(), folder);
        await(() -> status("/actuator/health/readiness") == 200);
        bus = new TopicReader(TestKafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        bus.close();
        service.close();
    }

    @Test
    void anObjectInASpaceBecomesATargetOfTheSelectedClusterAndItsReportsComeBack() throws Exception {
        // Given
        String cluster = cluster("florin", "prod");
        space("common");
        create("/spaces/common/api/v1/namespaces/default/configmaps", configMap("page"));

        Instant before = Instant.now().minusMillis(1);

        // When
        Answer placement =
                create("/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements", placement("everywhere", "prod", true));

        // Then: it says at once what it matches, and the bus has the target and every content that the target needs
        assertThat(placement.body().at("/status/matchingClusters").asInt()).isEqualTo(1);
        assertThat(placement.body().at("/status/matchingObjects").asInt()).isEqualTo(1);
        Target target = bus.filledTarget(cluster);
        assertThat(bus.hasContent(target.state().manifest())).isTrue();
        assertThat(Instant.parse(target.writtenAt())).isBetween(before, Instant.now());
        assertThat(get("/spaces/common/api/v1/namespaces/default/configmaps/page")
                        .at("/metadata/annotations/edge-mc.io~1executing-count")
                        .asString())
                .isEqualTo("1");

        // When: the cluster says that it holds it, and what the object's status is there
        report(clusterReport(cluster, 1, target));
        report(objectReport(cluster));

        // Then
        await(() -> get("/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements/everywhere")
                        .at("/status/delivered")
                        .asInt()
                == 1);
        ObjectNode shown = get("/inventory/apis/edge-mc.io/v1alpha1/clusters/florin");
        assertThat(shown.at("/status/syncer/version").asString()).isEqualTo("0.1");
        assertThat(shown.at("/status/conditions").toString()).contains("UpToDate");
        await(() -> get("/spaces/common/api/v1/namespaces/default/configmaps/page")
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
        ObjectNode source = get("/spaces/common/api/v1/namespaces/default/configmaps/page");
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
        String liar = cluster("liar", "lies");
        String other = cluster("honest", "lies");
        space("lied");
        create("/spaces/lied/api/v1/namespaces/default/configmaps", configMap("page"));
        create("/spaces/lied/apis/edge-mc.io/v1alpha1/edgeplacements", placement("everywhere", "lies", false));
        Target target = bus.filledTarget(liar);
        Target others = bus.filledTarget(other);
        Digest combination = Objects.requireNonNull(target.combination());

        // When: exceptions name a manifest, the combination of placements, and nothing at all
        report(clusterReport(
                liar,
                1,
                target,
                List.of(
                        exception(target.state().manifest()),
                        exception(combination),
                        exception(Digest.sha256("nothing")))));
        report(clusterReport(other, 1, others));

        // Then: both reports are taken in, and writes go on
        await(() -> get("/inventory/apis/edge-mc.io/v1alpha1/clusters/liar")
                .at("/status/conditions")
                .toString()
                .contains("3 objects are not as wanted"));
        await(() -> get("/inventory/apis/edge-mc.io/v1alpha1/clusters/honest")
                .at("/status/conditions")
                .toString()
                .contains("UpToDate"));
        create("/spaces/lied/api/v1/namespaces/default/configmaps", configMap("another"));
    }

    @Test
    void aReportThatCannotBeTakenInIsADeadLetterAndStopsNobody() throws Exception {
        // Given: an object in the inventory that no report can be written to
        String broken = cluster("broken", "broken");
        String whole = cluster("whole", "broken");
        space("broken");
        create("/spaces/broken/api/v1/namespaces/default/configmaps", configMap("page"));
        create("/spaces/broken/apis/edge-mc.io/v1alpha1/edgeplacements", placement("everywhere", "broken", false));
        Target target = bus.filledTarget(whole);
        ViewStore inventory = service.store(View.INVENTORY);
        StoredObject stored = inventory.get(ClusterObjects.CLUSTERS, "", "broken");
        ObjectNode unwritable = Bodies.parse(stored).put("status", "not an object");
        inventory.commit(Replica.replace(stored, unwritable), Replica.ANN).join();

        // When
        report(clusterReport(broken, 1, target));
        report(clusterReport(whole, 1, target));

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
        String uid = cluster("leaver", "none");

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
        await(() -> status("/inventory/apis/edge-mc.io/v1alpha1/clusters/leaver") == 404);
        await(() -> bus.isGone(Topics.INVENTORY, uid));
        assertThat(cluster("leaver", "none")).isNotEqualTo(uid);
        Answer unknown = service.get("/api/v1/clusters/nobody/decommission");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().path("code").asString()).isEqualTo("cluster-not-found");
    }

    @Test
    void aDeletedSpaceTakesItsContentAwayAndIsGone() throws Exception {
        // Given
        space("brief");
        create("/spaces/brief/api/v1/namespaces/default/configmaps", configMap("a"));

        // When
        service.call("DELETE", "/system/apis/edge-mc.io/v1alpha1/spaces/brief", null, "application/json");

        // Then
        await(() -> status("/system/apis/edge-mc.io/v1alpha1/spaces/brief") == 404);
        assertThat(status("/spaces/brief/api/v1/configmaps")).isEqualTo(404);
        space("brief");
        assertThat(get("/spaces/brief/api/v1/configmaps").path("items")).isEmpty();
        assertThat(get("/spaces/brief/api/v1/namespaces/default").path("kind").asString())
                .isEqualTo("Namespace");
    }

    @Test
    void nobodyButTheHubTakesItsFinalizersOff() throws Exception {
        // Given
        space("kept");
        cluster("kept", "none");
        service.call("DELETE", "/inventory/apis/edge-mc.io/v1alpha1/clusters/kept", null, "application/json");

        for (String path : List.of(
                "/system/apis/edge-mc.io/v1alpha1/spaces/kept", "/inventory/apis/edge-mc.io/v1alpha1/clusters/kept")) {
            // When
            Answer patched =
                    service.call("PATCH", path, "{\"metadata\":{\"finalizers\":null}}", "application/merge-patch+json");

            // Then
            assertThat(patched.status()).as(patched.message()).isEqualTo(200);
            assertThat(get(path).at("/metadata/finalizers").toString()).contains("edge-mc.io/");
        }
    }

    @Test
    void whatTheFleetDoesIsToldToThePublicUnderTheUidOfTheCluster() throws Exception {
        // Given
        String uid = cluster("told", "told");
        space("tell");
        space("tale");
        for (String name : List.of("tell", "tale")) {
            create(
                    "/spaces/" + name + "/api/v1/namespaces/default/configmaps",
                    configMap("page").replace("a: b", "a: " + name));
            create("/spaces/" + name + "/apis/edge-mc.io/v1alpha1/edgeplacements", placement("p", "told", false));
        }
        create(
                "/spaces/tell/api/v1/namespaces/default/configmaps",
                "apiVersion: v1\n"
                        + "kind: ConfigMap\n"
                        + "metadata: {name: lost, annotations: {edge-mc.io/expand-parameters: \"true\"}}\n"
                        + "data: {a: \"%(nowhere)\"}\n");
        Target target = bus.filledTarget(uid);

        // When: it connects, says so again, falls silent, and ends
        report(clusterReport(uid, 1, target, List.of()));
        report(clusterReport(uid, 2, target, List.of()));
        report(silent(uid, 3, target));
        await(() -> get("/inventory/apis/edge-mc.io/v1alpha1/clusters/told")
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

    @Test
    void badInputIsRefusedWithTheFieldAndTheReason() throws Exception {
        space("bad");
        String placements = "/spaces/bad/apis/edge-mc.io/v1alpha1/edgeplacements";
        String head = "apiVersion: edge-mc.io/v1alpha1\nkind: EdgePlacement\nmetadata: {name: p}\nspec:\n";

        refused(placements, head + "  downsync: [{}]\n", "spec.downsync[0]");
        refused(placements, head + "  wantMagic: true\n", "spec.wantMagic");
        refused(
                placements,
                head + "  locationSelectors: [{matchExpressions: [{key: a, operator: Maybe}]}]\n",
                "spec.locationSelectors[0]");
        refused(
                "/spaces/bad/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: c}\nreplacements:\n"
                        + "- {path: \"$.spec[\", value: '1'}\n",
                "replacements[0].path");
        refused(
                "/inventory/apis/edge-mc.io/v1alpha1/clusters",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: c}\nspec: {colour: red}\n",
                "spec.colour");
        refused(
                "/system/apis/edge-mc.io/v1alpha1/accessgrants",
                "apiVersion: edge-mc.io/v1alpha1\nkind: AccessGrant\nmetadata: {name: g}\n"
                        + "spec: {subjects: [{user: ann}], role: king}\n",
                "spec.role");
        assertThat(service.anonymous("/system/apis/edge-mc.io/v1alpha1/spaces").status())
                .isEqualTo(401);
        assertThat(status("/spaces/nowhere/api/v1/configmaps")).isEqualTo(404);
    }

    @Test
    void aKindThatNobodyDefinedIsRefusedByPostAndByApply() throws Exception {
        // Given
        space("unknown-kinds");
        String gadgets = "/spaces/unknown-kinds/apis/example.com/v1/namespaces/default/gadgets";
        String gadget = "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\n";

        // When
        Answer posted = service.post(gadgets, gadget);
        Answer applied = service.call(
                "PATCH", gadgets + "/g?fieldManager=me&force=true", gadget, "application/apply-patch+yaml");
        Answer underAnotherKind = service.post("/spaces/unknown-kinds/api/v1/namespaces/default/configmaps", gadget);

        // Then
        assertThat(posted.status()).isEqualTo(404);
        assertThat(posted.message()).isEqualTo("the server could not find the requested resource");
        assertThat(applied.status()).isEqualTo(404);
        assertThat(applied.message()).isEqualTo("the server could not find the requested resource");
        assertThat(underAnotherKind.status()).isEqualTo(400);
        assertThat(underAnotherKind.message()).contains("Gadget");
    }

    @Test
    void whatCannotBeCustomizedStaysAtHomeAndThePlacementSaysWhy() throws Exception {
        // Given objects of which one asks for a customizer that is not there, and one for a path that ends nowhere
        String cluster = cluster("cruzeiro", "custom");
        space("custom");
        String configMaps = "/spaces/custom/api/v1/namespaces/default/configmaps";
        create(configMaps, configMap("plain"));
        create(configMaps, customized("orphan", "nobody-made-it"));
        create(configMaps, customized("astray", "to-nowhere"));
        create(
                "/spaces/custom/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: to-nowhere}\nreplacements:\n"
                        + "- {path: \"$.spec.containers[3].image\", value: '\"x\"'}\n");

        // When
        String placements = "/spaces/custom/apis/edge-mc.io/v1alpha1/edgeplacements";
        create(placements, placement("everything", "custom", false));

        // Then the placement names cluster, object, field and reason of both
        ObjectNode status = (ObjectNode) get(placements + "/everything").path("status");
        assertThat(status.path("errorCount").asInt()).isEqualTo(2);
        assertThat(error(status, "orphan").path("cluster").asString()).isEqualTo("cruzeiro");
        assertThat(error(status, "orphan").path("field").asString()).contains("edge-mc.io/customizer");
        assertThat(error(status, "orphan").path("reason").asString())
                .contains("there is no customizer", "nobody-made-it");
        assertThat(error(status, "astray").path("field").asString()).contains("replacements[0]");
        assertThat(error(status, "astray").path("reason").asString()).contains("ends nowhere");
        assertThat(status.path("conditions").toString()).contains("RenderFailed");
        // And what can be sent is sent
        assertThat(executingCount(configMaps + "/plain")).isEqualTo("1");
        assertThat(executingCount(configMaps + "/orphan")).isNotEqualTo("1");
        long revision = bus.filledTarget(cluster).revision();

        // When the customizer comes
        create(
                "/spaces/custom/apis/edge-mc.io/v1alpha1/namespaces/default/customizers",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Customizer\nmetadata: {name: nobody-made-it}\nreplacements:\n"
                        + "- {path: \"$.data.a\", value: '\"c\"'}\n");

        // Then its object goes out, and only the other error is left
        assertThat(get(placements + "/everything").at("/status/errorCount").asInt())
                .isEqualTo(1);
        await(() -> bus.target(cluster).orElseThrow().revision() > revision);
    }

    private static JsonNode error(ObjectNode status, String object) {
        for (JsonNode error : status.path("errors")) {
            if (error.path("object").asString().endsWith("/" + object)) {
                return error;
            }
        }
        throw new AssertionError("no error of " + object + " in " + status);
    }

    private static String executingCount(String path) {
        return get(path).at("/metadata/annotations/edge-mc.io~1executing-count").asString("");
    }

    private static String customized(String name, String customizer) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", annotations: {edge-mc.io/customizer: "
                + customizer + "}}\ndata: {a: b}\n";
    }

    private static void refused(String path, String yaml, String field) throws Exception {
        Answer answer = service.post(path, yaml);
        assertThat(answer.status()).as(answer.message()).isEqualTo(422);
        assertThat(answer.message()).contains(field);
    }

    private static String cluster(String name, String env) throws Exception {
        return create(
                        "/inventory/apis/edge-mc.io/v1alpha1/clusters",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: " + name + ", labels: {env: "
                                + env + "}}\n")
                .body()
                .at("/metadata/uid")
                .asString();
    }

    private static void space(String name) throws Exception {
        create(
                "/system/apis/edge-mc.io/v1alpha1/spaces",
                "apiVersion: edge-mc.io/v1alpha1\nkind: Space\nmetadata: {name: " + name + "}\n");
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: b}\n";
    }

    private static String placement(String name, String env, boolean singleton) {
        return "apiVersion: edge-mc.io/v1alpha1\nkind: EdgePlacement\nmetadata: {name: " + name + "}\nspec:\n"
                + "  locationSelectors: [{matchLabels: {env: " + env + "}}]\n"
                + "  downsync: [{apiGroup: \"\", resources: [configmaps], namespaces: [default]}]\n"
                + "  wantSingletonReportedState: " + singleton + "\n";
    }

    private static Answer create(String path, String yaml) throws Exception {
        Answer answer = service.post(path, yaml);
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer;
    }

    private static ObjectNode get(String path) {
        try {
            Answer answer = service.get(path);
            assertThat(answer.status()).as(answer.message()).isEqualTo(200);
            return (ObjectNode) answer.body();
        } catch (Exception e) {
            throw new AssertionError(e);
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

    private static int status(String path) {
        try {
            return service.get(path).status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectException exception(Digest decision) {
        return new ObjectException(
                new ObjectKey("", "configmaps", "default", "page"),
                "invalid",
                "no",
                false,
                decision,
                Instant.now().toString());
    }

    private static OutgoingEvent clusterReport(String uid, long sequence, Target held) {
        return clusterReport(uid, sequence, held, List.of());
    }

    private static OutgoingEvent clusterReport(
            String uid, long sequence, Target held, List<ObjectException> exceptions) {
        return clusterReport(uid, sequence, held, exceptions, true);
    }

    private static OutgoingEvent silent(String uid, long sequence, Target held) {
        return clusterReport(uid, sequence, held, List.of(), false);
    }

    private static OutgoingEvent clusterReport(
            String uid, long sequence, Target held, List<ObjectException> exceptions, boolean heard) {
        ClusterReport report = new ClusterReport(
                uid,
                1,
                sequence,
                heard,
                !heard,
                Instant.now().toString(),
                held.revision(),
                held.state(),
                exceptions,
                "0.1",
                "v1.36.3",
                "");
        return event(ReportKeys.cluster(uid), uid, EventTypes.CLUSTER_REPORT, ApiJson.MAPPER.writeValueAsBytes(report));
    }

    private static OutgoingEvent objectReport(String uid) {
        ObjectKey key = new ObjectKey("", "configmaps", "default", "page");
        ObjectNode object = ApiJson.MAPPER.createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("status").put("seen", true);
        ObjectReport report = new ObjectReport(
                uid,
                1,
                2,
                key,
                Origin.DOWNSYNC,
                1,
                "00",
                false,
                object,
                Instant.now().toString(),
                "");
        return event(
                ReportKeys.object(uid, key), uid, EventTypes.OBJECT_REPORT, ApiJson.MAPPER.writeValueAsBytes(report));
    }

    private static OutgoingEvent event(String key, String uid, String type, byte[] data) {
        return OutgoingEvent.of(
                        Topics.REPORTS.topic(), key, BusEvent.json(key + type, type, "/test", Instant.now(), data))
                .partitionedBy(uid);
    }

    private static void report(OutgoingEvent event) {
        service.context().getBean(EventPublisher.class).publish(event).join();
    }
}
