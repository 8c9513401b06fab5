package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.Fault;
import io.edgemc.bench.kill.History;
import io.edgemc.bench.kill.HistoryCheck;
import io.edgemc.bench.kill.KillRun;
import io.edgemc.bench.kill.KillScenario;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Cluster;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.stack.HubDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub is killed with {@code kill -9} in the middle of scenario A, with two real edges. The longer form is {@code ./edge-mc bench
 * kill}.
 */
@Tag("slow")
@Tag("long")
@RequiresLocalEdge
class KillSystemTest {
    private static final int KILLS = 4;
    private static final long SEED = 4;
    private static final String SET = "replicasets.apps/commonstuff/commond";

    @TempDir
    private Path folder;

    @Test
    void aKilledHubLosesNothingDeletesNothingAndAppliesNothingTwice() throws InterruptedException, IOException {
        Workspace workspace =
                new Workspace(Path.of("..").toAbsolutePath().normalize(), new HubDirectory(folder.resolve("hub")));
        try (BenchHub hub = BenchHub.startAudited(workspace)) {
            // Given scenario A on two edges
            KillScenario.place(hub);
            KillRun run = new KillRun(hub, SEED);
            // When the hub is killed again and again while pages are placed, edited and deleted
            run.play(KILLS);
            History history = run.history();
            // Then nothing is lost, deleted or applied without a change
            assertThat(HistoryCheck.faults(history)).isEmpty();
            assertThat(run.count(Outcome.ACKNOWLEDGED)).isGreaterThan(KILLS);

            interferenceIsSeen(hub, run, history);
        }
    }

    /** The same judge on the same hub, so that it is known to look at what it judges. */
    private void interferenceIsSeen(BenchHub hub, KillRun run, History history) throws IOException {
        // Given an object deleted at florin, one applied again at guilder, and an acknowledged edit undone in the space
        hub.contexts().context("florin").kubectl("delete", "replicaset", "commond", "-n", "commonstuff");
        applyAgain(hub.contexts().context("guilder"), history);
        hub.contexts()
                .context("space-common")
                .kubectl("patch", "configmap", "round-1", "-n", "commonstuff", "-p", "{\"data\":{\"count\":\"0\"}}");
        // When the run is judged again
        List<Fault> faults = HistoryCheck.faults(run.history());
        // Then each is found
        assertThat(faults)
                .extracting(Fault::toString)
                .anySatisfy(fault -> assertThat(fault).startsWith("DELETED: " + SET + " at florin"))
                .anySatisfy(fault -> assertThat(fault).startsWith("APPLIED_AGAIN: " + SET + " at florin"))
                .anySatisfy(fault -> assertThat(fault).startsWith("APPLIED_AGAIN: " + SET + " at guilder"))
                .anySatisfy(fault -> assertThat(fault).startsWith("LOST: round-1"))
                .anySatisfy(fault -> assertThat(fault).startsWith("INVENTED: round-1 was applied as '0' at florin"))
                .anySatisfy(fault -> assertThat(fault).startsWith("INVENTED: round-1 was applied as '0' at guilder"))
                .hasSize(6);
    }

    private void applyAgain(Cluster edge, History history) throws IOException {
        String body = history.edges().stream()
                .filter(candidate -> candidate.edge().equals("guilder"))
                .flatMap(candidate -> candidate.requests().stream())
                .filter(Applied.class::isInstance)
                .map(Applied.class::cast)
                .filter(applied -> applied.key().equals(SET))
                .findFirst()
                .orElseThrow()
                .body();
        Path file = Files.writeString(folder.resolve("again.json"), body);
        edge.kubectl("apply", "--server-side", "--field-manager=edge-mc", "--force-conflicts", "-f", file.toString());
    }
}
