package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.demo.Cluster;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The five views that look like Kubernetes, of a hub that runs, through its gateway, with unmodified clients: kubectl and fabric8's
 * informers.
 */
@Tag("slow")
@RequiresLocalEdge
class ViewsSystemTest {
    private static final String REPORT = """
            apiVersion: wgpolicyk8s.io/v1alpha2
            kind: PolicyReport
            metadata: {name: %s, namespace: quay}
            scope: {apiVersion: v1, kind: Pod, name: p, namespace: quay, uid: 4b4f6c2e-8f4a-4a86-9d2e-0c1e7a7d0a11}
            results:
            - {policy: %s, rule: r, result: %s, source: kyverno, message: m, timestamp: {seconds: 1763892000, nanos: 0}}
            """;

    @TempDir
    static Path folder;

    private static RunningStack stack;
    private static Cluster harbour;

    /** A kind that people write into a view. */
    record Written(
            String context, String type, String name, String manifest, String changed, String patch, String path) {
        @Override
        public String toString() {
            return type + " in " + context;
        }
    }

    static Stream<Written> written() {
        return Stream.of(
                new Written(
                        "space-x",
                        "configmap",
                        "page",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: page}\ndata: {title: one}\n",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: page}\ndata: {title: two}\n",
                        "{\"data\":{\"title\":\"patched\"}}",
                        "{.data.title}"),
                new Written(
                        "space-x",
                        "deployment",
                        "web",
                        deployment("one"),
                        deployment("two"),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"patched\"}]}}}}",
                        "{.spec.template.spec.containers[0].image}"),
                new Written(
                        "inventory",
                        "cluster.edge-mc.io",
                        "written",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: written}\n"
                                + "spec: {properties: {site: one}}\n",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: written}\n"
                                + "spec: {properties: {site: two}}\n",
                        "{\"spec\":{\"properties\":{\"site\":\"patched\"}}}",
                        "{.spec.properties.site}"),
                new Written(
                        "system",
                        "accessgrant",
                        "written",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: AccessGrant\nmetadata: {name: written}\n"
                                + "spec: {subjects: [{user: one}], role: auditor}\n",
                        "apiVersion: edge-mc.io/v1alpha1\nkind: AccessGrant\nmetadata: {name: written}\n"
                                + "spec: {subjects: [{user: two}], role: auditor}\n",
                        "{\"spec\":{\"subjects\":[{\"user\":\"patched\"}]}}",
                        "{.spec.subjects[0].user}"));
    }

    @BeforeAll
    static void start() throws Exception {
        stack = new RunningStack(folder);
        DemoHub hub = stack.demo();
        hub.edges(Map.of("harbour", Map.of("compliance-level", "nist-high")));
        hub.spaces("x", "compliance");
        harbour = hub.context("harbour");
        View compliance = stack.view("space-compliance");
        compliance.feed(DemoHub.resource("b/policy-crd.yaml"), "apply", "-f", "-");
        compliance.feed(DemoHub.resource("b/policies.yaml"), "apply", "-f", "-");
        compliance.feed("""
                apiVersion: edge-mc.io/v1alpha1
                kind: EdgePlacement
                metadata: {name: everything}
                spec:
                  locationSelectors: [{matchLabels: {compliance-level: nist-high}}]
                  downsync:
                  - {apiGroup: kyverno.io, resources: [clusterpolicies], objectNames: ["*"]}
                  - {apiGroup: "", resources: [configmaps], namespaces: [default], objectNames: ["*"]}
                  upsync:
                  - {apiGroup: wgpolicyk8s.io, resources: [policyreports], namespaces: ["*"], names: ["*"]}
                """, "apply", "-f", "-");
        harbour.apply(DemoHub.resource("b/report-crds.yaml"));
        harbour.kubectl("wait", "--for=condition=Established", "crd/policyreports.wgpolicyk8s.io", "--timeout=30s");
        harbour.kubectl("create", "namespace", "quay");
        harbour.apply(REPORT.formatted("standing", "require-team-label", "pass"));
        Until.holds(() -> assertThat(stack.view("c2p").succeeds("get", "polr", "harbour.standing", "-n", "quay"))
                .isTrue());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @MethodSource("written")
    void kubectlWritesAndReads(Written kind) throws Exception {
        View view = stack.view(kind.context());
        String[] read = {"get", kind.type(), kind.name(), "-o", "jsonpath=" + kind.path()};
        Path watched = folder.resolve(kind.context() + kind.type());
        Process watch = view.watch(watched, kind.type(), "-o", "jsonpath={.metadata.name}=" + kind.path() + " ");
        try {
            // Create, and get in every form
            view.feed(kind.manifest(), "create", "-f", "-");
            assertThat(view.refused(kind.manifest(), "create", "-f", "-")).contains("AlreadyExists");
            assertThat(view.ok(read)).isEqualTo("one");
            assertThat(view.ok("get", kind.type())).contains("NAME", "AGE", kind.name());
            assertThat(view.ok("get", kind.type(), kind.name(), "-o", "yaml"))
                    .contains("name: " + kind.name(), "resourceVersion:", "uid:");
            assertThat(view.ok("api-resources", "-o", "name")).contains(plural(kind.type()));
            assertThat(view.ok("describe", kind.type(), kind.name())).contains(kind.name());

            // Apply by the client, twice, and a change
            view.feed(kind.manifest(), "apply", "-f", "-");
            assertThat(view.feed(kind.manifest(), "apply", "-f", "-")).contains("unchanged");
            assertThat(view.feed(kind.changed(), "apply", "-f", "-")).contains("configured");
            assertThat(view.ok(read)).isEqualTo("two");
            assertThat(view.feed(kind.changed(), "diff", "-f", "-")).isEmpty();

            // Apply by the server: what another manager owns is a conflict, and can be taken over
            assertThat(view.refused(kind.manifest(), "apply", "--server-side", "--field-manager=other", "-f", "-"))
                    .contains("conflict");
            assertThat(view.feed(
                            kind.manifest(),
                            "apply",
                            "--server-side",
                            "--force-conflicts",
                            "--field-manager=other",
                            "-f",
                            "-"))
                    .contains("serverside-applied");
            assertThat(view.ok(read)).isEqualTo("one");

            // Patch, label, annotate
            view.ok("patch", kind.type(), kind.name(), "--type=merge", "-p", kind.patch());
            assertThat(view.ok(read)).isEqualTo("patched");
            view.ok("label", kind.type(), kind.name(), "colour=red");
            assertThat(view.ok("get", kind.type(), "-l", "colour=red", "-o", "name"))
                    .contains("/" + kind.name());
            assertThat(view.ok("get", kind.type(), "-l", "colour=blue", "-o", "name"))
                    .isEmpty();
            assertThat(view.refused("", "label", kind.type(), kind.name(), "colour=blue"))
                    .contains("already has a value");
            view.ok("annotate", kind.type(), kind.name(), "note=seen");
            assertThat(view.ok("get", kind.type(), kind.name(), "-o", "jsonpath={.metadata.annotations.note}"))
                    .isEqualTo("seen");

            // What is not there, and what is no field
            assertThat(view.refused("", "get", kind.type(), "nobody")).contains("NotFound");
            assertThat(view.refused(kind.manifest() + "nonsense: 1\n", "apply", "-f", "-"))
                    .contains("nonsense");

            // The watch saw each of it
            Until.holds(() -> assertThat(Files.readString(watched))
                    .containsSubsequence(
                            kind.name() + "=one",
                            kind.name() + "=two",
                            kind.name() + "=one",
                            kind.name() + "=patched"));

            // Delete
            view.ok("delete", kind.type(), kind.name(), "--wait=false");
            if (!kind.context().equals("inventory")) {
                view.ok("wait", "--for=delete", kind.type() + "/" + kind.name(), "--timeout=30s");
            }
        } finally {
            watch.destroy();
        }
    }

    @Test
    void aDeletedClusterIsQuarantinedAndStays() {
        // Given
        View inventory = stack.view("inventory");
        inventory.feed(
                "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\nmetadata: {name: leaving}\n", "create", "-f", "-");

        // When
        inventory.ok("delete", "cluster.edge-mc.io", "leaving", "--wait=false");

        // Then it waits for its decommission
        assertThat(inventory.ok("get", "cluster.edge-mc.io", "leaving", "-o", "jsonpath={.metadata.deletionTimestamp}"))
                .isNotEmpty();
    }

    @Test
    void clustersAreReadAndNotWritten() throws Exception {
        View clusters = stack.view("clusters");
        View space = stack.view("space-compliance");
        Path watched = folder.resolve("watched-clusters");
        Process watch = clusters.watch(watched, "configmaps", "-n", "default", "-o", "name");
        try {
            // When something goes to a cluster
            space.ok("create", "configmap", "sent", "--from-literal=k=v");

            // Then it is read there
            Until.holds(() -> assertThat(clusters.ok("get", "configmaps", "-n", "default", "-o", "name"))
                    .contains("configmap/harbour.sent"));
            assertThat(clusters.ok("get", "configmaps", "-n", "default")).contains("NAME", "DATA", "harbour.sent");
            assertThat(clusters.ok("get", "configmap", "harbour.sent", "-n", "default", "-o", "yaml"))
                    .contains("k: v", "edge-mc.io/cluster: harbour");
            assertThat(clusters.ok("get", "configmaps", "-A", "-l", "edge-mc.io/cluster=harbour", "-o", "name"))
                    .contains("harbour.sent");
            assertThat(clusters.ok("api-resources", "-o", "name"))
                    .contains("configmaps", "policyreports.wgpolicyk8s.io");
            Until.holds(() -> assertThat(Files.readString(watched)).contains("configmap/harbour.sent"));

            // And not written
            refusesWrites(
                    clusters,
                    "configmap",
                    "harbour.sent",
                    "default",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: harbour.sent, namespace: default}\ndata: {k: w}\n");
        } finally {
            watch.destroy();
            space.ok("delete", "configmap", "sent");
        }
    }

    @Test
    void complianceIsReadAndNotWritten() throws Exception {
        View c2p = stack.view("c2p");
        Path watched = folder.resolve("watched-c2p");
        Process watch = c2p.watch(watched, "polr", "-n", "quay", "-o", "name");
        try {
            assertThat(c2p.ok("get", "polr", "-n", "quay")).contains("NAME", "PASS", "harbour.standing");
            assertThat(c2p.ok("get", "polr", "harbour.standing", "-n", "quay", "-o", "yaml"))
                    .contains("policy: require-team-label", "edge-mc.io/cluster: harbour");
            assertThat(c2p.ok("get", "clusterpolicies.kyverno.io", "-o", "name"))
                    .contains("harbour.require-team-label");
            assertThat(c2p.ok("api-resources", "-o", "name"))
                    .contains("policyreports.wgpolicyk8s.io", "clusterpolicies.kyverno.io", "namespaces");
            Until.holds(() -> assertThat(Files.readString(watched)).contains("harbour.standing"));

            refusesWrites(
                    c2p,
                    "polr",
                    "harbour.standing",
                    "quay",
                    REPORT.formatted("harbour.standing", "require-team-label", "fail"));
        } finally {
            watch.destroy();
        }
    }

    private static void refusesWrites(View view, String type, String name, String namespace, String manifest) {
        String other = manifest.replace("name: " + name, "name: brand-new");
        assertThat(view.refused(other, "create", "-f", "-")).contains("MethodNotAllowed");
        assertThat(view.refused(other, "apply", "-f", "-")).contains("MethodNotAllowed");
        assertThat(view.refused(manifest, "apply", "--server-side", "-f", "-"))
                .containsAnyOf("MethodNotAllowed", "does not allow this method");
        assertThat(view.refused("", "patch", type, name, "-n", namespace, "--type=merge", "-p", "{\"x\":1}"))
                .contains("MethodNotAllowed");
        assertThat(view.refused("", "label", type, name, "-n", namespace, "a=b"))
                .contains("MethodNotAllowed");
        assertThat(view.refused("", "annotate", type, name, "-n", namespace, "a=b"))
                .contains("MethodNotAllowed");
        assertThat(view.refused("", "delete", type, name, "-n", namespace)).contains("MethodNotAllowed");
        assertThat(view.succeeds("get", type, name, "-n", namespace)).isTrue();
        assertThat(view.succeeds("get", type, "brand-new", "-n", namespace)).isFalse();
    }

    @Test
    void anInformerFollowsASpace() throws Exception {
        View space = stack.view("space-x");
        try (Seen seen = new Seen(stack.client("space-x"), kind("", "v1", "ConfigMap", "configmaps", true))) {
            addUpdateDelete(space, seen, "configmap", "followed", "apiVersion: v1\nkind: ConfigMap\n", "followed");
        }
    }

    @Test
    void anInformerFollowsTheInventory() throws Exception {
        View inventory = stack.view("inventory");
        try (Seen seen =
                new Seen(stack.client("inventory"), kind("edge-mc.io", "v1alpha1", "Cluster", "clusters", false))) {
            Until.holds(() -> assertThat(seen.keys()).contains("harbour"));
            String kind = "apiVersion: edge-mc.io/v1alpha1\nkind: Cluster\n";

            // When a cluster comes, changes, is deleted and decommissioned
            inventory.feed(kind + "metadata: {name: followed}\n", "create", "-f", "-");
            Until.holds(() -> assertThat(seen.of("followed")).startsWith("+ followed"));
            inventory.ok("label", "cluster.edge-mc.io", "followed", "a=b");
            Until.holds(() -> assertThat(seen.of("followed")).contains("~ followed"));
            inventory.ok("delete", "cluster.edge-mc.io", "followed", "--wait=false");
            stack.post("/api/v1/clusters/followed/decommission", "{\"policy\":\"orphan\",\"force\":true}");

            // Then
            Until.holds(() -> assertThat(seen.of("followed")).endsWith("- followed"));
            assertThat(seen.keys()).doesNotContain("followed");
        }
    }

    @Test
    void anInformerFollowsTheSystem() throws Exception {
        View system = stack.view("system");
        try (Seen seen = new Seen(stack.client("system"), kind("edge-mc.io", "v1alpha1", "Space", "spaces", false))) {
            Until.holds(() -> assertThat(seen.keys()).contains("x", "compliance"));
            addUpdateDelete(
                    system, seen, "space", "followed", "apiVersion: edge-mc.io/v1alpha1\nkind: Space\n", "followed");
        }
    }

    @Test
    void anInformerFollowsWhatClustersHold() throws Exception {
        View space = stack.view("space-compliance");
        try (Seen all = new Seen(stack.client("clusters"), kind("", "v1", "ConfigMap", "configmaps", true))) {
            addUpdateDelete(space, all, "configmap", "carried", "apiVersion: v1\nkind: ConfigMap\n", "harbour.carried");
        }
    }

    @Test
    void anInformerFollowsReports() throws Exception {
        try (Seen seen = new Seen(
                stack.client("c2p"), kind("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "policyreports", true))) {
            Until.holds(() -> assertThat(seen.keys()).contains("quay/harbour.standing"));

            // When a report comes, changes, and goes at the edge
            harbour.apply(REPORT.formatted("followed", "pinned-image-tags", "pass"));
            Until.holds(() -> assertThat(seen.of("followed")).startsWith("+ harbour.followed"));
            harbour.apply(REPORT.formatted("followed", "pinned-image-tags", "fail"));
            Until.holds(() -> assertThat(seen.of("followed")).contains("~ harbour.followed"));
            harbour.kubectl("delete", "polr", "followed", "-n", "quay");

            // Then
            Until.holds(() -> assertThat(seen.of("followed")).endsWith("- harbour.followed"));
            assertThat(seen.keys()).contains("quay/harbour.standing").doesNotContain("quay/harbour.followed");
        }
    }

    /** Through a view that can be written; each step is seen before the next. */
    private static void addUpdateDelete(View view, Seen seen, String type, String name, String kind, String shown)
            throws Exception {
        view.feed(kind + "metadata: {name: " + name + "}\n", "create", "-f", "-");
        Until.holds(() -> assertThat(seen.of(shown)).startsWith("+ " + shown));
        view.ok("annotate", type, name, "changed=yes");
        Until.holds(() -> assertThat(seen.of(shown)).contains("~ " + shown));
        view.ok("delete", type, name, "--wait=false");
        Until.holds(() -> assertThat(seen.of(shown)).endsWith("- " + shown));
        assertThat(seen.keys()).noneMatch(key -> key.endsWith(shown));
    }

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    private static String plural(String type) {
        int dot = type.indexOf('.');
        return (dot < 0 ? type : type.substring(0, dot)) + "s";
    }

    private static String deployment(String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: c, image: %s}]}
                """.formatted(image);
    }
}
