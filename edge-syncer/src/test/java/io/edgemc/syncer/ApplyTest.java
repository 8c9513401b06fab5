package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.syncer.testhub.TestHub;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a target asks is applied, kept and repaired, on a real API server. */
@RequiresLocalEdge
final class ApplyTest {
    private EdgeUnderTest edge;

    @BeforeEach
    void startEdge(LocalEdge local, @TempDir Path folder) throws Exception {
        edge = new EdgeUnderTest(local, folder).startSyncer();
    }

    @AfterEach
    void stopEdge() {
        edge.close();
    }

    @Test
    void appliesADeliveryWithItsNamespaceAndSaysWhenItIsDone() {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("configmaps/ap-one/page", EdgeUnderTest.configMap("ap-one", "page", "hello"))
                .apply("namespaces//ap-one", EdgeUnderTest.namespace("ap-one"), EntryFlag.EXISTENCE)
                .commit("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        edge.awaitApplied(revision, 0);

        JsonNode page = edge.get("configmap", "page", "-n", "ap-one");
        assertThat(page.path("data").path("value").asString()).isEqualTo("hello");
        assertThat(annotation(page)).isEqualTo(TestHub.UID + "/configmaps/ap-one/page");
        assertThat(page.path("metadata")
                        .path("managedFields")
                        .path(0)
                        .path("manager")
                        .asString())
                .isEqualTo("edge-mc");
        Await.untilAsserted(() -> assertThat(edge.hub.reports().of("configmaps/ap-one/page"))
                .hasValueSatisfying(report -> {
                    assertThat(report.traceparent()).contains("0af7651916cd43dd8448eb211c80319c");
                    assertThat(report.object().has("data")).isFalse();
                }));
    }

    @Test
    void takesACustomResourceTogetherWithItsDefinition() {
        String group = "ap.example.com";
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("widgets." + group + "/ap-crd/w", widget(group, "ap-crd"))
                .apply("namespaces//ap-crd", EdgeUnderTest.namespace("ap-crd"), EntryFlag.EXISTENCE)
                .apply("customresourcedefinitions.apiextensions.k8s.io//widgets." + group, definition(group))
                .commit();

        edge.awaitApplied(revision, 0);

        assertThat(edge.exists("widgets." + group, "w", "-n", "ap-crd")).isTrue();
    }

    @Test
    void appliesAnObjectAsSoonAsSomebodyElseDefinesItsKind() {
        String group = "late.example.com";
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-late", EdgeUnderTest.namespace("ap-late"), EntryFlag.EXISTENCE)
                .apply("widgets." + group + "/ap-late/w", widget(group, "ap-late"))
                .commit();
        assertThat(edge.awaitException(revision, "kind-not-served").retryable()).isTrue();

        edge.kubectl().apply(definition(group).replace('\'', '"'));

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("widgets." + group, "w", "-n", "ap-late")).isTrue();
    }

    @Test
    void anObjectThatIsInvalidHoldsNobodyUp() {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-bad", EdgeUnderTest.namespace("ap-bad"), EntryFlag.EXISTENCE)
                .apply("configmaps/ap-bad/Bad_Name", EdgeUnderTest.configMap("ap-bad", "Bad_Name", "x"))
                .apply("configmaps/ap-bad/good", EdgeUnderTest.configMap("ap-bad", "good", "x"))
                .commit();

        assertThat(edge.awaitException(revision, "invalid").retryable()).isFalse();

        assertThat(edge.exists("configmap", "good", "-n", "ap-bad")).isTrue();
    }

    @Test
    void repairsDriftAndMakesAnewWhatWasDeletedButLeavesFieldsOfOthers() {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-drift", EdgeUnderTest.namespace("ap-drift"), EntryFlag.EXISTENCE)
                .apply("configmaps/ap-drift/a", EdgeUnderTest.configMap("ap-drift", "a", "wanted"))
                .apply("configmaps/ap-drift/b", EdgeUnderTest.configMap("ap-drift", "b", "wanted"))
                .commit();
        edge.awaitApplied(revision, 0);

        edge.kubectl()
                .ok(
                        "patch",
                        "configmap",
                        "a",
                        "-n",
                        "ap-drift",
                        "--type=merge",
                        "-p",
                        "{\"data\":{\"value\":\"drifted\",\"other\":\"theirs\"}}");
        edge.kubectl().ok("delete", "configmap", "b", "-n", "ap-drift");

        Await.untilAsserted(() -> {
            JsonNode data = edge.get("configmap", "a", "-n", "ap-drift").path("data");
            assertThat(data.path("value").asString()).isEqualTo("wanted");
            assertThat(data.path("other").asString()).isEqualTo("theirs");
            assertThat(edge.exists("configmap", "b", "-n", "ap-drift")).isTrue();
        });
    }

    @Test
    void createsACreateOnlyObjectOnceAndThenLeavesItAlone() {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-once", EdgeUnderTest.namespace("ap-once"), EntryFlag.EXISTENCE)
                .apply("configmaps/ap-once/a", EdgeUnderTest.configMap("ap-once", "a", "first"), EntryFlag.CREATE_ONLY)
                .commit();
        edge.awaitApplied(revision, 0);
        edge.kubectl().ok("delete", "configmap", "a", "-n", "ap-once");

        long next = edge.hub
                .mailbox()
                .change()
                .apply("configmaps/ap-once/a", EdgeUnderTest.configMap("ap-once", "a", "second"), EntryFlag.CREATE_ONLY)
                .apply("configmaps/ap-once/b", EdgeUnderTest.configMap("ap-once", "b", "x"))
                .commit();
        edge.awaitApplied(next, 0);

        assertThat(edge.exists("configmap", "a", "-n", "ap-once")).isFalse();
    }

    @Test
    void adoptsWhatIsTheSameAndNothingElse() {
        edge.kubectl().ok("create", "namespace", "ap-adopt");
        edge.kubectl().ok("create", "configmap", "same", "-n", "ap-adopt", "--from-literal=value=x");
        edge.kubectl().ok("create", "configmap", "other", "-n", "ap-adopt", "--from-literal=value=theirs");

        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-adopt", EdgeUnderTest.namespace("ap-adopt"), EntryFlag.EXISTENCE)
                .apply("configmaps/ap-adopt/same", EdgeUnderTest.configMap("ap-adopt", "same", "x"))
                .apply("configmaps/ap-adopt/other", EdgeUnderTest.configMap("ap-adopt", "other", "ours"))
                .commit();

        assertThat(edge.awaitException(revision, "not-adopted").key().name()).isEqualTo("other");
        assertThat(annotation(edge.get("configmap", "same", "-n", "ap-adopt"))).isNotEmpty();
        assertThat(edge.get("configmap", "other", "-n", "ap-adopt")
                        .path("data")
                        .path("value")
                        .asString())
                .isEqualTo("theirs");
        assertThat(annotation(edge.get("namespace", "ap-adopt"))).isEmpty();
    }

    @Test
    void leavesReplicasToTheAutoscaler() {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//ap-hpa", EdgeUnderTest.namespace("ap-hpa"), EntryFlag.EXISTENCE)
                .apply("deployments.apps/ap-hpa/web", deployment("ap-hpa", 2))
                .commit();
        edge.awaitApplied(revision, 0);

        // As the autoscaler writes: by the scale subresource, under the controller manager's name.
        edge.kubectl()
                .ok(
                        "patch",
                        "deployment",
                        "web",
                        "-n",
                        "ap-hpa",
                        "--subresource=scale",
                        "--field-manager=kube-controller-manager",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"replicas\":5}}");
        long next = edge.hub
                .mailbox()
                .change()
                .apply("configmaps/ap-hpa/later", EdgeUnderTest.configMap("ap-hpa", "later", "x"))
                .apply("deployments.apps/ap-hpa/web", deployment("ap-hpa", 2).replace("busybox", "nginx"))
                .commit();
        edge.awaitApplied(next, 0);

        Await.untilAsserted(() -> {
            JsonNode spec = edge.get("deployment", "web", "-n", "ap-hpa").path("spec");
            assertThat(spec.path("replicas").asInt()).isEqualTo(5);
            assertThat(spec.path("template")
                            .path("spec")
                            .path("containers")
                            .path(0)
                            .path("image")
                            .asString())
                    .isEqualTo("nginx");
        });
    }

    private static String annotation(JsonNode object) {
        return object.path("metadata")
                .path("annotations")
                .path("edge-mc.io/downsynced")
                .asString("");
    }

    private static String deployment(String namespace, int replicas) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'" + namespace
                + "'},'spec':{'replicas':" + replicas + ",'selector':{'matchLabels':{'app':'web'}},'template':"
                + "{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c','image':'busybox'}]}}}}";
    }

    private static String widget(String group, String namespace) {
        return "{'apiVersion':'" + group + "/v1','kind':'Widget','metadata':{'name':'w','namespace':'" + namespace
                + "'},'spec':{'size':1}}";
    }

    private static String definition(String group) {
        return "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'widgets."
                + group + "'},'spec':{'group':'" + group + "','scope':'Namespaced','names':{'plural':'widgets',"
                + "'singular':'widget','kind':'Widget'},'versions':[{'name':'v1','served':true,'storage':true,"
                + "'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}";
    }
}
