package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.Kubectl;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The real kubectl on the views: the four commands of Compliance-to-Policy, and what people do besides. */
@RequiresLocalEdge
class KubectlTest {
    @TempDir
    static Path folder = Path.of("");

    private static DoorProxy door = null;

    @BeforeAll
    static void openTheDoor() throws IOException {
        door = new DoorProxy(RunningService.shared());
        Fleet fleet = new Fleet(RunningService.shared());
        Cluster cluster = fleet.cluster("kube-edge");
        ObjectNode namespaced = Objects.yaml(
                "{apiVersion: kyverno.io/v1, kind: Policy, metadata: {name: ns-pol, namespace: dock}, spec: {}}");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("kube-pol"), namespaced));
        fleet.report(cluster, Objects.report("dock", "web", "kube-pol", "pass", "dock/ns-pol", "fail"));
        ObjectNode wide = Objects.report("dock", "wide", "kube-pol", "pass");
        wide.put("kind", "ClusterPolicyReport");
        ((ObjectNode) wide.path("metadata")).remove("namespace");
        fleet.report(cluster, wide);
        eventually()
                .until(() -> !RunningService.shared()
                        .get("/c2p/apis/wgpolicyk8s.io/v1alpha2/clusterpolicyreports/kube-edge.wide")
                        .path("metadata")
                        .isMissingNode());
    }

    @AfterAll
    static void closeTheDoor() {
        door.close();
    }

    @Test
    void theFourCommandsOfComplianceToPolicy() {
        // Given
        Kubectl kubectl = kubectl("/c2p");

        // When
        String policies = kubectl.ok("get", "policies.kyverno.io", "-A", "-o", "yaml");
        String clusterPolicies = kubectl.ok("get", "clusterpolicies.kyverno.io", "-o", "yaml");
        String reports = kubectl.ok("get", "policyreports.wgpolicyk8s.io", "-A", "-o", "yaml");
        String clusterReports = kubectl.ok("get", "clusterpolicyreports.wgpolicyk8s.io", "-o", "yaml");

        // Then
        assertThat(policies).contains("name: kube-edge.ns-pol", "kind: Policy");
        assertThat(clusterPolicies).contains("name: kube-edge.kube-pol", "kind: ClusterPolicy");
        assertThat(reports)
                .contains(
                        "name: kube-edge.web",
                        "uid: kube-edge/u-web",
                        "edge-mc.io/original-name: web",
                        "policy: ns-pol");
        assertThat(clusterReports).contains("name: kube-edge.wide", "apiVersion: wgpolicyk8s.io/v1alpha2");
    }

    @Test
    void tablesSelectorsPagesAndDiscovery() {
        // Given
        Kubectl merged = kubectl("/c2p");
        Kubectl one = kubectl("/c2p/clusters/kube-edge");

        // Then
        assertThat(one.ok("get", "polr", "-n", "dock")).contains("NAME", "PASS", "FAIL", "web");
        assertThat(merged.ok("get", "polr", "-A", "-l", "edge-mc.io/cluster=kube-edge", "--chunk-size=1", "-o", "name"))
                .contains("policyreport.wgpolicyk8s.io/kube-edge.web");
        assertThat(merged.ok("get", "polr", "-n", "dock", "--field-selector=metadata.name=none", "-o", "name"))
                .isEmpty();
        assertThat(merged.ok("api-resources")).contains("policyreports", "clusterpolicies", "namespaces");
        assertThat(one.ok("get", "namespaces")).contains("dock");
        assertThat(merged.ok("auth", "can-i", "list", "policyreports.wgpolicyk8s.io", "-A"))
                .contains("yes");
        assertThat(merged.run("auth", "can-i", "delete", "policyreports.wgpolicyk8s.io", "-A")
                        .stdout())
                .contains("no");
        assertThat(one.run("delete", "polr", "web", "-n", "dock").stderr()).contains("MethodNotAllowed");
    }

    @Test
    void aWatchSeesWhatComes() {
        // Given
        Fleet fleet = new Fleet(RunningService.shared());
        Cluster cluster = fleet.cluster("kube-watched");
        eventually()
                .until(() -> kubectl("/c2p/clusters/kube-watched")
                        .run("get", "polr", "-A")
                        .succeeded());

        // When
        Thread.ofVirtual().start(() -> fleet.report(cluster, Objects.report("dock", "fresh", "kube-pol", "pass")));
        String waited = kubectl("/c2p/clusters/kube-watched")
                .ok("wait", "--for=create", "polr/fresh", "-n", "dock", "--timeout=30s");

        // Then
        assertThat(waited).contains("condition met");
    }

    private static Kubectl kubectl(String view) {
        try {
            Path file = folder.resolve(view.replace('/', '_') + ".kubeconfig");
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: c
                    clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d%s"}}]
                    contexts: [{name: c, context: {cluster: c, user: u}}]
                    users: [{name: u, user: {}}]
                    """.formatted(door.port(), view));
            return new Kubectl(KubeBinaries.find(), file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
