package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform owner grants kinds; what is denied is said per object, and stops nothing else. */
@RequiresLocalEdge
final class LeastPrivilegeTest {
    @Test
    void saysWhichObjectIsForbiddenAndAppliesTheOthers(LocalEdge local, @TempDir Path folder) throws Exception {
        local.kubectl().apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: lp-syncer}
                rules:
                - apiGroups: [""]
                  resources: [namespaces, configmaps]
                  verbs: [get, list, watch, create, patch, delete]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: lp-syncer}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: lp-syncer}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: lp-syncer}
                """);
        Path kubeconfig = local.writeUserKubeconfig("lp-syncer", List.of(), folder.resolve("kubeconfig"));
        try (EdgeUnderTest edge = new EdgeUnderTest(local, folder, kubeconfig).startSyncer()) {
            long revision = edge.hub
                    .mailbox()
                    .change()
                    .apply("namespaces//lp", EdgeUnderTest.namespace("lp"), EntryFlag.EXISTENCE)
                    .apply("configmaps/lp/a", EdgeUnderTest.configMap("lp", "a", "x"))
                    .apply(
                            "services/lp/s",
                            "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s','namespace':'lp'},"
                                    + "'spec':{'ports':[{'port':80}]}}")
                    .commit();

            assertThat(edge.awaitException(revision, "forbidden").key().text()).isEqualTo("services/lp/s");

            assertThat(edge.exists("configmap", "a", "-n", "lp")).isTrue();
        }
    }
}
