package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.syncer.testhub.TestMailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The syncer as a process: enrolment by command, kill in the middle of its work, memory, graceful end. */
@RequiresLocalEdge
@Tag("slow")
final class SyncerProcessTest {
    private static final int OBJECTS = 100;
    private static final long MAX_RESIDENT_MEGABYTES = 90;

    private Path folder;
    private LocalEdge local;

    @BeforeEach
    void prepare(LocalEdge edge, @TempDir Path scratch) {
        local = edge;
        folder = scratch;
    }

    @Test
    void convergesThoughItIsKilledInTheMiddleOfApplying() throws Exception {
        try (EdgeUnderTest edge = new EdgeUnderTest(local, folder)) {
            enroll(edge);
            long revision = hold(edge, "pr-kill");
            for (int kill = 0; kill < 3; kill++) {
                try (SyncerProcess syncer = run(edge)) {
                    int progress = 10 + 25 * kill;
                    Await.until(() -> edge.applied("pr-kill") >= progress);
                    syncer.kill();
                }
            }
            List<String> before = edge.versions("pr-kill");

            try (SyncerProcess syncer = run(edge)) {
                edge.awaitApplied(revision, 0);

                // What was applied before the kill is not written again.
                assertThat(edge.versions("pr-kill")).hasSize(OBJECTS).containsAll(before);
                assertThat(syncer.terminate()).isEqualTo(143);
                assertThat(syncer.output()).contains("syncer ended").contains("\"cluster\":\"florin\"");
            }
        }
    }

    @Test
    void staysSmallWithAHundredObjects() throws Exception {
        try (EdgeUnderTest edge = new EdgeUnderTest(local, folder)) {
            enroll(edge);
            long revision = hold(edge, "pr-small");
            try (SyncerProcess syncer = run(edge)) {
                edge.awaitApplied(revision, 0);
                Await.until(
                        () -> edge.hub.reports().of("configmaps/pr-small/c99").isPresent());

                long megabytes = syncer.residentMegabytes();

                System.out.println("syncer with " + OBJECTS + " objects: " + megabytes + " MB resident");
                assertThat(megabytes).isLessThanOrEqualTo(MAX_RESIDENT_MEGABYTES);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        try (SyncerProcess syncer = SyncerProcess.start(folder, List.of("run", "--hub", "http://plain"))) {
            assertThat(syncer.awaitExit()).isEqualTo(2);
            assertThat(syncer.output()).contains("--state is missing");
        }
    }

    private void enroll(EdgeUnderTest edge) throws Exception {
        Path ca =
                Files.writeString(folder.resolve("ca.pem"), edge.hub.authority().caPem());
        Path token = Files.writeString(folder.resolve("token"), edge.hub.token());
        List<String> arguments =
                new ArrayList<>(List.of("enroll", "--hub", edge.hub.url().toString()));
        arguments.addAll(List.of("--ca", ca.toString(), "--token-file", token.toString()));
        arguments.addAll(List.of("--state", edge.state().toString()));
        try (SyncerProcess enrolment = SyncerProcess.start(folder, arguments)) {
            assertThat(enrolment.awaitExit()).as(enrolment.output()).isZero();
        }
    }

    private SyncerProcess run(EdgeUnderTest edge) throws Exception {
        return SyncerProcess.start(
                folder,
                List.of(
                        "run",
                        "--hub=" + edge.hub.url(),
                        "--state=" + edge.state(),
                        "--kubeconfig=" + local.kubeconfig()));
    }

    private static long hold(EdgeUnderTest edge, String namespace) {
        TestMailbox.Change change = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//" + namespace, EdgeUnderTest.namespace(namespace), EntryFlag.EXISTENCE);
        for (int i = 0; i < OBJECTS; i++) {
            change.apply(
                    "configmaps/" + namespace + "/c" + i,
                    EdgeUnderTest.configMap(namespace, "c" + i, "x".repeat(1000)));
        }
        return change.commit();
    }
}
