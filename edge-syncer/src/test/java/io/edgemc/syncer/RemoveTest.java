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

/** Deleted is only what a recorded decision names and what is provably ours. */
@RequiresLocalEdge
final class RemoveTest {
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
    void deletesAnObjectAndThenItsNamespaceForDecisions() {
        hold("rm-all");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete("namespaces//rm-all")
                .delete("configmaps/rm-all/a")
                .commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("namespace", "rm-all")).isFalse();
        assertThat(edge.hub.reports().of("configmaps/rm-all/a")).isEmpty();
    }

    @Test
    void keepsANamespaceThatHoldsSomethingOfOthersAndDeletesItWhenThatIsGone() {
        hold("rm-mixed");
        edge.kubectl().ok("create", "secret", "generic", "theirs", "-n", "rm-mixed", "--from-literal=k=v");
        long revision = edge.hub
                .mailbox()
                .change()
                .delete("namespaces//rm-mixed")
                .delete("configmaps/rm-mixed/a")
                .commit();

        assertThat(edge.awaitException(revision, "namespace-not-empty").message())
                .contains("secrets/rm-mixed/theirs");
        assertThat(edge.exists("configmap", "a", "-n", "rm-mixed")).isFalse();
        assertThat(edge.exists("secret", "theirs", "-n", "rm-mixed")).isTrue();

        edge.kubectl().ok("delete", "secret", "theirs", "-n", "rm-mixed");

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("namespace", "rm-mixed")).isFalse();
    }

    @Test
    void neverDeletesANamespaceThatWasThereBefore() {
        edge.kubectl().ok("create", "namespace", "rm-before");
        hold("rm-before");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete("namespaces//rm-before")
                .delete("configmaps/rm-before/a")
                .commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("configmap", "a", "-n", "rm-before")).isFalse();
        assertThat(edge.exists("namespace", "rm-before")).isTrue();
    }

    @Test
    void aCopiedMarkProvesNothing() {
        hold("rm-copy");
        edge.kubectl().ok("create", "configmap", "child", "-n", "rm-copy", "--from-literal=value=x");
        edge.kubectl()
                .ok(
                        "annotate",
                        "configmap",
                        "child",
                        "-n",
                        "rm-copy",
                        "edge-mc.io/downsynced=" + TestHub.UID + "/configmaps/rm-copy/a");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete("configmaps/rm-copy/child")
                .delete("configmaps/rm-copy/a")
                .commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("configmap", "child", "-n", "rm-copy")).isTrue();
        assertThat(edge.exists("configmap", "a", "-n", "rm-copy")).isFalse();
    }

    @Test
    void givesAnOrphanUpWithoutDeletingIt() {
        hold("rm-orphan");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete("configmaps/rm-orphan/a", EntryFlag.ORPHAN)
                .commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.get("configmap", "a", "-n", "rm-orphan")
                        .path("metadata")
                        .path("annotations")
                        .has("edge-mc.io/downsynced"))
                .isFalse();
    }

    @Test
    void leavesWhatTheHubForgotAndSaysThatItIsUnclaimed() {
        hold("rm-forgot");

        long revision =
                edge.hub.mailbox().change().forget("configmaps/rm-forgot/a").commit();

        assertThat(edge.awaitException(revision, "unclaimed").key().name()).isEqualTo("a");
        assertThat(edge.exists("configmap", "a", "-n", "rm-forgot")).isTrue();
    }

    private void hold(String namespace) {
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//" + namespace, EdgeUnderTest.namespace(namespace), EntryFlag.EXISTENCE)
                .apply("configmaps/" + namespace + "/a", EdgeUnderTest.configMap(namespace, "a", "x"))
                .commit();
        edge.awaitApplied(revision, 0);
    }
}
