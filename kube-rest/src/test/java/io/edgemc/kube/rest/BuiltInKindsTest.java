package io.edgemc.kube.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
import io.edgemc.kube.testing.ViewServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every built-in kind can be stored, whatever it would do on a cluster. */
class BuiltInKindsTest {
    private static final List<Instance> INSTANCES = Stream.of(
                    "core", "workloads", "networking", "storage", "administration")
            .flatMap(file -> Instances.of("/instances/" + file + ".yaml").stream())
            .toList();

    @TempDir
    static Path directory;

    private static ViewServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static List<ServedKind> kinds() {
        return BuiltInKinds.all().stream()
                .filter(kind -> !kind.ref().resource().equals("customresourcedefinitions"))
                .toList();
    }

    @Test
    void thereAreAllThatAClusterHas() {
        assertThat(kinds().stream().map(kind -> kind.ref().toString()))
                .hasSizeGreaterThan(55)
                .contains(
                        "pods",
                        "deployments.apps",
                        "apiservices.apiregistration.k8s.io",
                        "flowschemas.flowcontrol.apiserver.k8s.io",
                        "validatingwebhookconfigurations.admissionregistration.k8s.io",
                        "clusterroles.rbac.authorization.k8s.io");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isStoredListedAndDeleted(ServedKind kind) {
        Instance instance = instance(kind);
        ObjectNode object = instance.object().deepCopy();
        object.withObject("/metadata").put("name", "sample").remove("finalizers");
        object.remove("status");
        String base = instance.collection();

        HttpResponse<String> created = server.send("POST", "x", base, object.toString());

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode stored = JsonMapper.shared().readTree(created.body());
        assertThat(stored.path("kind").asString("")).isEqualTo(kind.kind());
        assertThat(stored.path("metadata").path("uid").asString("")).isNotEmpty();
        HttpResponse<String> table =
                server.send("GET", "x", base, "", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        JsonNode row = JsonMapper.shared().readTree(table.body()).path("rows").path(0);
        assertThat(row.at("/object/metadata/name").asString("")).isIn("sample", "default");
        assertThat(row.path("cells").size()).isGreaterThan(1);
        assertThat(server.send("PUT", "x", base + "/sample", created.body()).statusCode())
                .isEqualTo(200);
        assertThat(server.send("DELETE", "x", base + "/sample", "").statusCode())
                .isEqualTo(200);
    }

    private static Instance instance(ServedKind kind) {
        return INSTANCES.stream()
                .filter(one -> one.kind().ref().equals(kind.ref()))
                .filter(one -> one.version().equals(kind.preferred().version()))
                .findFirst()
                .orElseThrow();
    }
}
