package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Namespaces are deleted only if this system created them (domain.md §8), also when they were selected explicitly. */
@RequiresLocalEdge
final class AdoptedNamespaceTest {
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
    void aNamespaceThatWasThereBeforeIsGivenUpAndNotDeleted() {
        adopt("an-before");

        long revision =
                edge.hub.mailbox().change().delete("namespaces//an-before").commit();

        edge.awaitApplied(revision, 0);
        assertThat(annotations("an-before").toString()).doesNotContain("edge-mc.io/");
    }

    @Test
    void soIsItByASyncerThatLostItsState() throws Exception {
        adopt("an-lost");
        edge.stopSyncer();
        deleteRecursively(edge.state());
        edge.startSyncer();

        long revision =
                edge.hub.mailbox().change().delete("namespaces//an-lost").commit();

        edge.awaitApplied(revision, 0);
        assertThat(annotations("an-lost").toString()).doesNotContain("edge-mc.io/");
    }

    @Test
    void oneThatWeMadeAnewAfterItWasDeletedIsOurs() {
        adopt("an-anew");
        edge.kubectl().ok("delete", "namespace", "an-anew");
        Await.untilAsserted(() -> {
            assertThat(annotations("an-anew").has("edge-mc.io/downsynced")).isTrue();
            assertThat(annotations("an-anew").has("edge-mc.io/adopted")).isFalse();
        });

        long revision =
                edge.hub.mailbox().change().delete("namespaces//an-anew").commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("namespace", "an-anew")).isFalse();
    }

    private void adopt(String namespace) {
        edge.kubectl().ok("create", "namespace", namespace);
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//" + namespace, EdgeUnderTest.namespace(namespace))
                .commit();
        edge.awaitApplied(revision, 0);
        assertThat(annotations(namespace).has("edge-mc.io/downsynced")).isTrue();
    }

    private JsonNode annotations(String namespace) {
        return edge.get("namespace", namespace).path("metadata").path("annotations");
    }

    private static void deleteRecursively(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
