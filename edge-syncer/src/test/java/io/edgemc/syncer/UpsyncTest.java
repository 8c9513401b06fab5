package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.report.ObjectException;
import io.edgemc.servers.kube.Kubectl;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is born at the edge comes up. */
@RequiresLocalEdge
final class UpsyncTest {
    private static final String CONFIG = "syncerconfigs.edge-mc.io//the-syncer";

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
    void bringsUpWhatIsCreatedUpdatedAndDeleted() {
        edge.kubectl().ok("create", "namespace", "up-one");
        select("", "configmaps", "up-one");

        edge.kubectl().ok("create", "configmap", "born", "-n", "up-one", "--from-literal=value=1");
        Await.untilAsserted(() -> assertThat(edge.hub.reports().of("configmaps/up-one/born"))
                .hasValueSatisfying(report -> {
                    assertThat(report.object().path("data").path("value").asString())
                            .isEqualTo("1");
                    assertThat(report.object().path("metadata").has("managedFields"))
                            .isFalse();
                }));

        edge.kubectl()
                .ok("patch", "configmap", "born", "-n", "up-one", "--type=merge", "-p", "{\"data\":{\"value\":\"2\"}}");
        Await.untilAsserted(() -> assertThat(edge.hub.reports().of("configmaps/up-one/born"))
                .hasValueSatisfying(report -> assertThat(
                                report.object().path("data").path("value").asString())
                        .isEqualTo("2")));

        edge.kubectl().ok("delete", "configmap", "born", "-n", "up-one");
        Await.until(() -> edge.hub.reports().of("configmaps/up-one/born").isEmpty());
    }

    @Test
    void noticesAtItsStartWhatWasDeletedWhileItWasDown() throws Exception {
        edge.kubectl().ok("create", "namespace", "up-down");
        edge.kubectl().ok("create", "configmap", "gone", "-n", "up-down", "--from-literal=value=1");
        edge.kubectl().ok("create", "configmap", "stays", "-n", "up-down", "--from-literal=value=1");
        select("", "configmaps", "up-down");
        Await.until(() -> edge.hub.reports().of("configmaps/up-down/gone").isPresent()
                && edge.hub.reports().of("configmaps/up-down/stays").isPresent());
        edge.stopSyncer();
        edge.kubectl().ok("delete", "configmap", "gone", "-n", "up-down");
        int before = edge.hub.reports().every("configmaps/up-down/stays").size();

        edge.startSyncer();

        Await.until(() -> edge.hub.reports().of("configmaps/up-down/gone").isEmpty());
        assertThat(edge.hub.reports().every("configmaps/up-down/stays")).hasSize(before);
    }

    @Test
    void goesOnReportingAfterAnAnswerThatNobodyExpected() {
        // Given a hub whose first answer to a comparison of what is reported makes no sense
        edge.kubectl().ok("create", "namespace", "up-nonsense");
        edge.kubectl().ok("create", "configmap", "born", "-n", "up-nonsense", "--from-literal=value=1");
        edge.hub.reports().answerNonsenseOnce();

        // When something is to be reported
        select("", "configmaps", "up-nonsense");

        // Then the loop that got that answer did not end with it
        Await.until(() -> edge.hub.reports().answeredNonsense());
        Await.until(() -> edge.hub.reports().of("configmaps/up-nonsense/born").isPresent());
    }

    @Test
    void oneObjectThatIsTooDeepKeepsNoneOfItsKindFromBeingReported() {
        // Given, of one kind, an object deeper than any JSON parser's default and one that is not
        edge.kubectl().ok("create", "namespace", "up-deep");
        edge.kubectl().apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: wells.deep.example.com}
                spec:
                  group: deep.example.com
                  scope: Namespaced
                  names: {plural: wells, singular: well, kind: Well}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        Await.until(() -> createWell("deep", 600).succeeded());
        createWell("shallow", 3);

        // When the kind is selected
        long revision = select("deep.example.com", "wells", "up-deep");

        // Then the one is reported, and the other is an exception that says why
        Await.until(() ->
                edge.hub.reports().of("wells.deep.example.com/up-deep/shallow").isPresent());
        ObjectException exception = edge.awaitException(revision, "unreportable");
        assertThat(exception.key().name()).isEqualTo("deep");
        assertThat(exception.message()).contains("100 levels");
        assertThat(edge.hub.reports().of("wells.deep.example.com/up-deep/deep")).isEmpty();

        // And it is reported, and no exception any more, once it is less deep
        edge.kubectl().ok("delete", "wells.deep.example.com", "deep", "-n", "up-deep");
        assertThat(createWell("deep", 3).succeeded()).isTrue();
        Await.until(() ->
                edge.hub.reports().of("wells.deep.example.com/up-deep/deep").isPresent());
        Await.until(() -> edge.hub.applied().getLast().exceptions().isEmpty());
    }

    private Kubectl.Result createWell(String name, int depth) {
        String spec = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        return edge.kubectl()
                .runWithInput(
                        "{\"apiVersion\":\"deep.example.com/v1\",\"kind\":\"Well\",\"metadata\":{\"name\":\"" + name
                                + "\",\"namespace\":\"up-deep\"},\"spec\":" + spec + "}",
                        "create",
                        "--validate=false",
                        "-f",
                        "-");
    }

    @Test
    void followsAKindThatIsDefinedLater() {
        edge.kubectl().ok("create", "namespace", "up-later");
        select("up.example.com", "gadgets", "up-later");

        edge.kubectl().apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gadgets.up.example.com}
                spec:
                  group: up.example.com
                  scope: Namespaced
                  names: {plural: gadgets, singular: gadget, kind: Gadget}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        Await.until(() -> edge.kubectl().runWithInput("""
                        apiVersion: up.example.com/v1
                        kind: Gadget
                        metadata: {name: g, namespace: up-later}
                        spec: {size: 1}
                        """, "apply", "-f", "-").succeeded());

        Await.until(
                () -> edge.hub.reports().of("gadgets.up.example.com/up-later/g").isPresent());
    }

    private long select(String group, String resource, String namespace) {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply(
                        CONFIG,
                        "{'apiVersion':'edge-mc.io/v1alpha1','kind':'SyncerConfig','metadata':{'name':'the-syncer'},"
                                + "'spec':{'upsync':[{'apiGroup':'" + group + "','resources':['" + resource
                                + "'],'namespaces':['" + namespace + "'],'names':['*'],'labelSelector':"
                                + "{'matchExpressions':[{'key':'private','operator':'DoesNotExist'}]}}]}}")
                .commit();
        Await.until(() -> edge.hub.applied().stream().anyMatch(report -> report.revision() == revision));
        return revision;
    }
}
