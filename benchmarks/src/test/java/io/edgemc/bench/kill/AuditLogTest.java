package io.edgemc.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.EdgeRequest.Deleted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    private Path folder;

    @Test
    void appliesOfEdgeMcAndDeletionsOfAnybodyAreRead() throws IOException {
        // Given a log with what counts, out of order, and with what does not count
        Path log = Files.writeString(
                folder.resolve("audit.log"),
                event("2", "delete", "/api/v1/namespaces/n/configmaps/a", "configmaps", "", "n", "a", 200, "{}")
                        + event(
                                "1",
                                "patch",
                                apply("/api/v1/namespaces/n/configmaps/a"),
                                "configmaps",
                                "",
                                "n",
                                "a",
                                201,
                                "{\"kind\":\"ConfigMap\",\"data\":{\"count\":\"7\"}}")
                        + event(
                                "3",
                                "patch",
                                apply("/apis/apps/v1/namespaces/n/deployments/d"),
                                "deployments",
                                "apps",
                                "n",
                                "d",
                                200,
                                "{\"kind\":\"Deployment\"}")
                        + event("4", "patch", apply("/api/v1/namespaces/n"), "namespaces", "", "n", "n", 200, "{}")
                        + event("5", "deletecollection", "/api/v1/namespaces/n/pods", "pods", "", "n", "", 200, "{}")
                        // Refused, a dry run, and a controller's patch.
                        + event(
                                "6",
                                "patch",
                                apply("/api/v1/namespaces/n/configmaps/b"),
                                "configmaps",
                                "",
                                "n",
                                "b",
                                409,
                                "{}")
                        + event(
                                "7",
                                "patch",
                                apply("/api/v1/namespaces/n/configmaps/b") + "&dryRun=All",
                                "configmaps",
                                "",
                                "n",
                                "b",
                                200,
                                "{}")
                        + event("8", "patch", "/api/v1/namespaces/n/pods/p/status", "pods", "", "n", "p", 200, "{}"));
        // When
        List<EdgeRequest> requests = AuditLog.read(log);
        // Then
        assertThat(requests)
                .containsExactly(
                        new Applied("configmaps/n/a", "{\"data\":{\"count\":\"7\"},\"kind\":\"ConfigMap\"}", "7"),
                        new Deleted("configmaps/n/a"),
                        new Applied("deployments.apps/n/d", "{\"kind\":\"Deployment\"}", ""),
                        new Applied("namespaces//n", "{}", ""),
                        new Deleted("pods/n/*"));
    }

    @Test
    void theApiServersOwnCountOfAppliesIsRead() {
        // Given metrics with successful, refused, dry and other requests
        String metrics = """
                # TYPE apiserver_request_total counter
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 5
                apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 2
                apiserver_request_total{code="409",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 9
                apiserver_request_total{code="200",component="apiserver",dry_run="All",group="",resource="configmaps",scope="resource",subresource="",verb="APPLY",version="v1"} 9
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="configmaps",scope="resource",subresource="",verb="PATCH",version="v1"} 9
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="apps",resource="replicasets",scope="resource",subresource="",verb="APPLY",version="v1"} 1
                apiserver_request_total{code="200",component="apiserver",dry_run="",group="rbac.authorization.k8s.io",resource="clusterroles",scope="resource",subresource="",verb="APPLY",version="v1"} 3
                """;
        // When, then
        assertThat(KillScenario.applies(metrics)).isEqualTo(Map.of("configmaps", 7L, "replicasets.apps", 1L));
    }

    private static String apply(String path) {
        return path + "?fieldManager=edge-mc&force=true";
    }

    private static String event(
            String second,
            String verb,
            String uri,
            String resource,
            String group,
            String namespace,
            String name,
            int code,
            String body) {
        return """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","stage":"ResponseComplete","requestURI":"%s",\
                "verb":"%s","objectRef":{"resource":"%s","namespace":"%s","name":"%s","apiGroup":"%s","apiVersion":"v1"},\
                "responseStatus":{"metadata":{},"code":%d},"requestObject":%s,"stageTimestamp":"2026-01-01T00:00:0%s.000000Z"}
                """.formatted(uri, verb, resource, namespace, name, group, code, body, second)
                .replace("\"name\":\"\",", "")
                .replace("\"apiGroup\":\"\",", "");
    }
}
