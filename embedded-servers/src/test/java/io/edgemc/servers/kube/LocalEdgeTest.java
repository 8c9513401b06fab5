package io.edgemc.servers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresLocalEdge
class LocalEdgeTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %s}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: nginx}]
            """;

    @TempDir
    Path folder;

    @Test
    void aDeploymentGetsPodsThatStayPending(LocalEdge edge) {
        // Given
        edge.kubectl().ok("create", "namespace", "workloads");

        // When
        edge.kubectl().apply(DEPLOYMENT.formatted("workloads"));

        // Then
        edge.kubectl().ok("wait", "pods", "-n", "workloads", "-l", "app=web", "--for=create", "--timeout=20s");
        edge.kubectl()
                .ok(
                        "wait",
                        "deployment/web",
                        "-n",
                        "workloads",
                        "--for=jsonpath={.status.replicas}=2",
                        "--timeout=20s");
        assertThat(edge.kubectl().ok("get", "pods", "-n", "workloads", "-o", "jsonpath={.items[*].status.phase}"))
                .isEqualTo("Pending Pending");
    }

    @Test
    void aDeletedNamespaceGoesWithAllInIt(LocalEdge edge) {
        // Given
        edge.kubectl().ok("create", "namespace", "short-lived");
        edge.kubectl().apply(DEPLOYMENT.formatted("short-lived"));

        // When
        edge.kubectl().ok("delete", "namespace", "short-lived", "--wait=true", "--timeout=30s");

        // Then
        assertThat(edge.kubectl().run("get", "namespace", "short-lived").stderr())
                .contains("NotFound");
    }

    @Test
    void aUserMayDoWhatRbacSaysAndNoMore(LocalEdge edge) throws Exception {
        // Given
        edge.kubectl().ok("create", "clusterrole", "reads-nodes", "--verb=get,list", "--resource=nodes");
        edge.kubectl().ok("create", "clusterrolebinding", "reads-nodes", "--clusterrole=reads-nodes", "--user=reader");

        // When
        Path file = edge.writeUserKubeconfig("reader", List.of(), folder.resolve("reader"));
        Kubectl reader = new Kubectl(KubeBinaries.find(), file);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(reader.run("get", "nodes").exitCode()).isZero();
        assertThat(reader.run("get", "secrets", "-A").stderr()).contains("Forbidden");
    }

    @Test
    void aServiceAccountComesInByItsToken(LocalEdge edge) {
        // Given
        edge.kubectl().ok("create", "serviceaccount", "robot", "-n", "kube-public");

        // When
        Path file = edge.writeServiceAccountKubeconfig("kube-public", "robot", folder.resolve("robot"));

        // Then
        assertThat(new Kubectl(KubeBinaries.find(), file)
                        .ok("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"))
                .isEqualTo("system:serviceaccount:kube-public:robot");
    }

    @Test
    void nobodyComesInWithoutCredentials(LocalEdge edge) throws Exception {
        // Given
        Path file = folder.resolve("nobody");
        Files.writeString(file, Kubeconfig.withToken("edge", edge.port(), edge.caPem(), "wrong"));

        // When
        Kubectl.Result result = new Kubectl(KubeBinaries.find(), file).run("get", "namespaces");

        // Then
        assertThat(result.stderr()).contains("must be logged in");
    }

    @Test
    void aSecondOneOnTheSameDataIsRefused(LocalEdge edge) {
        LocalEdgeOptions same = LocalEdgeOptions.fast("edge", edge.logFolder());

        assertThatThrownBy(() -> LocalEdge.start(same, KubeBinaries.find()))
                .isInstanceOfSatisfying(
                        ServerFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ServerFailure.Reason.DIRECTORY_IN_USE));
    }
}
