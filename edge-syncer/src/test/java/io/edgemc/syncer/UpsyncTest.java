package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

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

    private void select(String group, String resource, String namespace) {
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
        edge.awaitApplied(revision, 0);
    }
}
