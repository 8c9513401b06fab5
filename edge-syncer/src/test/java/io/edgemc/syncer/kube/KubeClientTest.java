package io.edgemc.syncer.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@RequiresLocalEdge
final class KubeClientTest {
    @Test
    void deletesNothingThatChangedSinceItWasLookedAt(LocalEdge local) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                KubeClient kube = new KubeClient(Kubeconfig.access(local.kubeconfig(), null), executor)) {
            local.kubectl().ok("create", "configmap", "kc-changed", "--from-literal=value=old");
            String path = "/api/v1/namespaces/default/configmaps/kc-changed";
            ObjectNode lookedAt = kube.find(path).orElseThrow();
            local.kubectl().ok("annotate", "configmap", "kc-changed", "somebody=else");

            KubeException refusal = catchThrowableOfType(KubeException.class, () -> kube.delete(path, lookedAt));

            assertThat(refusal).isNotNull();
            assertThat(refusal.isConflict()).isTrue();
            assertThat(kube.find(path)).isPresent();
            kube.delete(path, kube.find(path).orElseThrow());
            assertThat(kube.find(path)).isEmpty();
        }
    }
}
