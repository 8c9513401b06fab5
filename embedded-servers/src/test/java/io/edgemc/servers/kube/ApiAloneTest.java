package io.edgemc.servers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresLocalEdge
class ApiAloneTest {
    @TempDir
    Path folder;

    @Test
    void nothingActsByWhatAnObjectSays() {
        LocalEdgeOptions options = LocalEdgeOptions.fast("reference", folder).withoutEffects();
        try (LocalEdge edge = LocalEdge.start(options, KubeBinaries.find())) {
            // Given a quota that allows no Pod, and no service account
            Kubectl kubectl = edge.kubectl();
            kubectl.ok("create", "namespace", "space");
            kubectl.ok("create", "quota", "none", "--hard=pods=0", "-n", "space");

            // When
            kubectl.ok("run", "web", "--image=nginx", "-n", "space");

            // Then
            assertThat(kubectl.ok("get", "pod", "web", "-n", "space", "-o", "jsonpath={.spec.serviceAccountName}"))
                    .isEmpty();
            assertThat(kubectl.run("run", "web", "--image=nginx", "-n", "absent")
                            .stderr())
                    .contains("namespaces \"absent\" not found");
            assertThat(edge.isAlive()).isTrue();
            assertThatThrownBy(edge::controllerManagerPid).hasMessageContaining("without controllers");
        }
    }

    @Test
    void isTakenOverAsWhatItIs() {
        LocalEdgeOptions options = LocalEdgeOptions.fast("reference", folder).withoutEffects();
        long pid;
        try (LocalEdge first = LocalEdge.start(options, KubeBinaries.find())) {
            pid = first.apiServerPid();
            first.detach();
            // When
            try (LocalEdge second = LocalEdge.start(options, KubeBinaries.find())) {
                // Then
                assertThat(second.apiServerPid()).isEqualTo(pid);
            }
        }
    }
}
