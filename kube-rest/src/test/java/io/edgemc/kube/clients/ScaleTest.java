package io.edgemc.kube.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Compared;
import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
import io.edgemc.kube.testing.Reference;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code scale} of built-in kinds and of CRDs is the reference's, and {@code kubectl scale} works. */
@RequiresLocalEdge
class ScaleTest {
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String FLEETS = "/apis/scale.test/v1/namespaces/default/fleets";
    private static final String[] MERGE = {"Content-Type", "application/merge-patch+json"};

    @TempDir
    static Path directory;

    private static Reference reference;
    private static ViewServer views;

    @BeforeAll
    static void start(LocalEdge edge) throws Exception {
        reference = Reference.of(edge);
        views = new ViewServer(directory);
        views.space("x");
        String crd = YAMLMapper.shared().readTree("""
                metadata: {name: fleets.scale.test}
                spec:
                  group: scale.test
                  scope: Namespaced
                  names: {plural: fleets, kind: Fleet}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      subresources:
                        status: {}
                        scale: {specReplicasPath: .spec.size.wanted, statusReplicasPath: .status.there, labelSelectorPath: .status.selector}
                      schema:
                        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """).toString();
        both("POST", CRDS, crd);
        Eventually.holds(
                () -> assertThat(reference.send("GET", FLEETS, "").statusCode()).isEqualTo(200));
        String fleet = """
                {"apiVersion":"scale.test/v1","kind":"Fleet","metadata":{"name":"x"},"spec":{"size":{"wanted":3}}}""";
        both("POST", FLEETS, fleet);
        both("POST", FLEETS, fleet.replace("\"x\"", "\"y\""));
        both("PATCH", FLEETS + "/x/status", "{\"status\":{\"there\":2,\"selector\":\"a=b\"}}", MERGE);
    }

    @AfterAll
    static void stop() throws Exception {
        reference.send("DELETE", CRDS + "/fleets.scale.test", "");
        Eventually.holds(() -> assertThat(
                        reference.send("GET", CRDS + "/fleets.scale.test", "").statusCode())
                .isEqualTo(404));
        views.close();
        reference.close();
    }

    private static void both(String method, String path, String body, String... headers) {
        assertThat(reference.send(method, path, body, headers).statusCode()).isBetween(200, 201);
        HttpResponse<String> answer = views.send(method, "x", path, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    static List<String> paths() {
        return Instances.of("/instances/workloads.yaml").stream()
                .filter(instance -> instance.kind().preferred().scale() != null)
                .map(Instance::path)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aBuiltInKindShowsAndTakesItsScale(String path) {
        Instance instance = Instances.of("/instances/workloads.yaml").stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
        ObjectNode object = instance.object().deepCopy();
        object.remove("status");
        both("POST", instance.collection(), object.toString());

        assertSame("GET", path + "/scale", "");
        assertSame("PATCH", path + "/scale", "{\"spec\":{\"replicas\":7}}", MERGE);
        assertSame("PATCH", path + "/scale", "{\"spec\":{\"replicas\":-1}}", MERGE);
        assertSame("GET", path + "/scale", "");

        reference.send("DELETE", path, "");
        views.send("DELETE", "x", path, "");
    }

    @Test
    void aCrdShowsAndTakesItsScale() {
        assertSame("GET", FLEETS + "/x/scale", "");
        assertSame("PATCH", FLEETS + "/x/scale", "{\"spec\":{\"replicas\":5}}", MERGE);
        assertSame("GET", FLEETS + "/x", "");
        assertSame("GET", FLEETS + "/none/scale", "");
    }

    @Test
    void kubectlScales() throws Exception {
        Path config = views.kubeconfig("x", directory);
        both("POST", "/apis/apps/v1/namespaces/default/deployments", """
                {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":
                {"app":"web"}},"spec":{"containers":[{"name":"web","image":"web"}]}}}}""");

        Kubectl.Result scaled =
                new Kubectl(config, directory).run("scale", "deployment/web", "fleet/y", "--replicas=4");

        assertThat(scaled.out()).contains("deployment.apps/web scaled").contains("fleet.scale.test/y scaled");
        JsonNode web = JsonMapper.shared()
                .readTree(views.send("GET", "x", "/apis/apps/v1/namespaces/default/deployments/web", "")
                        .body());
        assertThat(web.at("/spec/replicas").asInt(0)).isEqualTo(4);
        assertThat(web.at("/metadata/generation").asInt(0)).isEqualTo(2);
        reference.send("DELETE", "/apis/apps/v1/namespaces/default/deployments/web", "");
    }

    private static void assertSame(String method, String path, String body, String... headers) {
        HttpResponse<String> expected = reference.send(method, path, body, headers);

        HttpResponse<String> actual = views.send(method, "x", path, body, headers);

        assertThat(Compared.of(actual)).isEqualTo(Compared.of(expected));
    }
}
