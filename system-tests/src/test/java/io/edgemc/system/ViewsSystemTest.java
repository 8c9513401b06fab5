package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The five views that look like Kubernetes, of a hub that runs, through its gateway, with an unmodified kubectl. */
@Tag("slow")
@RequiresLocalEdge
class ViewsSystemTest {
    @TempDir
    static Path folder;

    private static ViewedHub hub;
    private static RunningStack stack;

    @BeforeAll
    static void start() throws Exception {
        hub = ViewedHub.start(folder);
        stack = hub.stack();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

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
                    ViewedHub.REPORT.formatted("harbour.standing", "require-team-label", "fail"));
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
