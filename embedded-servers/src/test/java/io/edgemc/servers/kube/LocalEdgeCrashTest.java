package io.edgemc.servers.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.servers.process.ChildJvm;
import io.edgemc.servers.process.Signal;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@RequiresLocalEdge
class LocalEdgeCrashTest {
    @TempDir
    Path folder;

    /** Runs an edge with one ConfigMap until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            LocalEdge edge =
                    LocalEdge.start(LocalEdgeOptions.durable("edge", Path.of(arguments[0])), KubeBinaries.find());
            edge.kubectl().ok("create", "configmap", "kept", "-n", "kube-public", "--from-literal=a=1");
            System.out.println("api " + edge.apiServerPid());
            Thread.currentThread().join();
        }
    }

    @Test
    void outlivesItsJvmIsTakenOverAndReplacedWhereItIsNotWell() throws Exception {
        // Given
        Path data = folder.resolve("edge");
        LocalEdgeOptions options = LocalEdgeOptions.durable("edge", data);
        long apiServer;
        try (ChildJvm holder = ChildJvm.start(Holder.class, folder.resolve("errors"), data.toString())) {
            apiServer = Long.parseLong(holder.next("api "));
            holder.kill("");
        }

        // When
        int port;
        try (LocalEdge adopted = LocalEdge.start(options, KubeBinaries.find())) {

            // Then
            assertThat(adopted.apiServerPid()).isEqualTo(apiServer);
            assertThat(keptValue(adopted)).isEqualTo("1");
            port = adopted.port();

            // And when its API server is gone
            Signal.KILL.end(ProcessHandle.of(apiServer).orElseThrow(), Duration.ofSeconds(10));
            assertThat(adopted.isAlive()).isFalse();
            adopted.detach();

            // Then the next start replaces it, where its users look for it
            try (LocalEdge replaced = LocalEdge.start(options, KubeBinaries.find())) {
                assertThat(replaced.apiServerPid()).isNotEqualTo(apiServer);
                assertThat(replaced.port()).isEqualTo(port);
                assertThat(keptValue(replaced)).isEqualTo("1");

                // And a detached one can be ended without starting it
                replaced.detach();
                assertThat(LocalEdge.stopDetached(data)).isTrue();
                assertThat(replaced.isAlive()).isFalse();
                assertThat(LocalEdge.stopDetached(data)).isFalse();
            }
        }
    }

    private static String keptValue(LocalEdge edge) {
        return edge.kubectl().ok("get", "configmap", "kept", "-n", "kube-public", "-o", "jsonpath={.data.a}");
    }
}
