package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.testing.RequiresLocalEdge;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same views, followed by fabric8's informers as they are. */
@Tag("slow")
@RequiresLocalEdge
class InformersSystemTest {
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
            hub.harbour().apply(ViewedHub.REPORT.formatted("followed", "pinned-image-tags", "pass"));
            Until.holds(() -> assertThat(seen.of("followed")).startsWith("+ harbour.followed"));
            hub.harbour().apply(ViewedHub.REPORT.formatted("followed", "pinned-image-tags", "fail"));
            Until.holds(() -> assertThat(seen.of("followed")).contains("~ harbour.followed"));
            hub.harbour().kubectl("delete", "polr", "followed", "-n", "quay");

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
}
