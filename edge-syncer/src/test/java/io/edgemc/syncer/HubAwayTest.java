package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edge does without the hub, and catches up with its latest state in one exchange. */
@RequiresLocalEdge
final class HubAwayTest {
    private EdgeUnderTest edge;

    @BeforeEach
    void startEdge(LocalEdge local, @TempDir Path folder) {
        edge = new EdgeUnderTest(local, folder);
    }

    @AfterEach
    void stopEdge() {
        edge.close();
    }

    @Test
    void repairsWithoutTheHubAlsoAfterARestartAndTakesTheLatestStateAtOnce() throws Exception {
        edge.startSyncer();
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//away", EdgeUnderTest.namespace("away"), EntryFlag.EXISTENCE)
                .apply("configmaps/away/a", EdgeUnderTest.configMap("away", "a", "one"))
                .commit();
        edge.awaitApplied(revision, 0);
        String version = resourceVersion("a");
        // Enrolled; from here on the hub is not needed to start.
        edge.stopSyncer();
        edge.hub.stop();
        edge.startSyncer();
        assertThat(resourceVersion("a")).isEqualTo(version);

        edge.kubectl().ok("delete", "configmap", "a", "-n", "away");
        Await.until(() -> edge.exists("configmap", "a", "-n", "away"));

        for (int i = 0; i < 50; i++) {
            edge.hub
                    .mailbox()
                    .change()
                    .apply("configmaps/away/a", EdgeUnderTest.configMap("away", "a", "edit " + i))
                    .commit();
        }
        int deliveries = edge.hub.mailbox().modes().size();
        edge.hub.start();

        edge.awaitApplied(revision + 50, 0);
        assertThat(edge.hub.mailbox().modes()).hasSize(deliveries + 1).last().isEqualTo("difference");
        assertThat(edge.get("configmap", "a", "-n", "away")
                        .path("data")
                        .path("value")
                        .asString())
                .isEqualTo("edit 49");
    }

    @Test
    void takesASnapshotWhenTheHubDoesNotKnowItsState() throws Exception {
        edge.startSyncer();
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//away-snap", EdgeUnderTest.namespace("away-snap"), EntryFlag.EXISTENCE)
                .apply("configmaps/away-snap/a", EdgeUnderTest.configMap("away-snap", "a", "one"))
                .apply("configmaps/away-snap/b", EdgeUnderTest.configMap("away-snap", "b", "one"))
                .commit();
        edge.awaitApplied(revision, 0);
        String version = edge.get("configmap", "a", "-n", "away-snap")
                .path("metadata")
                .path("resourceVersion")
                .asString();
        edge.hub.mailbox().forgetHistory();

        long next = edge.hub
                .mailbox()
                .change()
                .apply("configmaps/away-snap/b", EdgeUnderTest.configMap("away-snap", "b", "two"))
                .commit();

        edge.awaitApplied(next, 0);
        assertThat(edge.hub.mailbox().modes()).last().isEqualTo("snapshot");
        assertThat(edge.get("configmap", "a", "-n", "away-snap")
                        .path("metadata")
                        .path("resourceVersion")
                        .asString())
                .isEqualTo(version);
    }

    @Test
    void aHubThatWasRestoredFromAnOlderCopyDeletesNothing() throws Exception {
        edge.startSyncer();
        long older = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//away-restore", EdgeUnderTest.namespace("away-restore"), EntryFlag.EXISTENCE)
                .apply("configmaps/away-restore/a", EdgeUnderTest.configMap("away-restore", "a", "one"))
                .commit();
        edge.awaitApplied(older, 0);
        long newer = edge.hub
                .mailbox()
                .change()
                .apply("configmaps/away-restore/b", EdgeUnderTest.configMap("away-restore", "b", "one"))
                .commit();
        edge.awaitApplied(newer, 0);
        edge.stopSyncer();

        edge.hub.restore(older);
        edge.startSyncer();

        assertThat(edge.awaitException(older, "unclaimed").key().name()).isEqualTo("b");
        assertThat(edge.exists("configmap", "b", "-n", "away-restore")).isTrue();
        // It said what it knew before its own restart, and what it takes over now counts for the new life of the hub.
        SessionRequest said = edge.hub.sessions().getLast();
        assertThat(said.hubEpoch()).isEqualTo("hub-1");
        assertThat(said.revision()).isEqualTo(newer);
        assertThat(said.lastEpoch()).isPositive();
        edge.stopSyncer();
        edge.startSyncer();
        Await.until(() -> !edge.hub.sessions().getLast().equals(said));
        assertThat(edge.hub.sessions().getLast().hubEpoch()).isEqualTo("hub-2");
        assertThat(edge.hub.sessions().getLast().revision()).isEqualTo(older);
    }

    @Test
    void asksAgainForTheContentsThatAnAnswerHadNoRoomFor() throws Exception {
        edge.hub.mailbox().contentsInAnAnswer(1);
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//away-parts", EdgeUnderTest.namespace("away-parts"), EntryFlag.EXISTENCE)
                .apply("configmaps/away-parts/a", EdgeUnderTest.configMap("away-parts", "a", "one"))
                .apply("configmaps/away-parts/b", EdgeUnderTest.configMap("away-parts", "b", "two"))
                .commit();

        edge.startSyncer();

        edge.awaitApplied(revision, 0);
        assertThat(edge.hub.mailbox().modes()).containsExactly("snapshot");
        assertThat(edge.hub.calls(AgentPaths.CONTENT)).isEqualTo(3);
    }

    @Test
    void aFencedSyncerStopsAndTriesAgainSlowly() throws Exception {
        edge.startSyncer();
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//away-fence", EdgeUnderTest.namespace("away-fence"), EntryFlag.EXISTENCE)
                .commit();
        edge.awaitApplied(revision, 0);
        int sessions = edge.hub.calls(AgentPaths.SESSION);

        edge.hub.takeSessionOver();

        Await.until(() -> edge.hub.calls(AgentPaths.SESSION) > sessions);
    }

    @Test
    void renewsItsCertificateBeforeItExpires() throws Exception {
        edge.hub.certificateLife(Duration.ofSeconds(3));
        edge.startSyncer();

        Await.until(() -> edge.hub.calls(AgentPaths.RENEW) > 0);
        Await.until(() -> edge.hub.calls(AgentPaths.SESSION) > 1);
    }

    private String resourceVersion(String name) {
        return edge.get("configmap", name, "-n", "away")
                .path("metadata")
                .path("resourceVersion")
                .asString();
    }
}
