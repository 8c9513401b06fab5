package io.edgemc.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Compared;
import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.Reference;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** CRDs and their objects: a view takes and refuses what a real API server takes and refuses, in the same words. */
@RequiresLocalEdge
class CrdsLikeReferenceTest {
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String PROBES = "/apis/example.test/v1/namespaces/default/probes";
    private static final JsonNode ACCEPTED = yaml("/crds/accepted.yaml");

    @TempDir
    static Path directory;

    private static Reference reference;
    private static ViewServer views;

    @BeforeAll
    static void start(LocalEdge edge) throws Exception {
        reference = Reference.of(edge);
        views = new ViewServer(directory);
        views.space("x");
        String crd = crd(ACCEPTED.path("schema")).toString();
        assertThat(reference.send("POST", CRDS, crd).statusCode()).isEqualTo(201);
        HttpResponse<String> there = views.send("POST", "x", CRDS, crd);
        assertThat(there.statusCode()).as(there.body()).isEqualTo(201);
        Eventually.holds(
                () -> assertThat(reference.send("GET", PROBES, "").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() throws Exception {
        reference.send("DELETE", CRDS + "/probes.example.test", "");
        Eventually.holds(() -> assertThat(
                        reference.send("GET", CRDS + "/probes.example.test", "").statusCode())
                .isEqualTo(404));
        views.close();
        reference.close();
    }

    static List<JsonNode> schemas() {
        return items(yaml("/crds/schemas.yaml"));
    }

    static List<JsonNode> objects() {
        return items(ACCEPTED.path("objects"));
    }

    record Update(JsonNode before, JsonNode after) {}

    static List<Update> updates() {
        List<Update> all = new ArrayList<>();
        for (JsonNode update : ACCEPTED.path("updates")) {
            update.path("after").forEach(after -> all.add(new Update(update.path("before"), after)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void aSchemaIsTakenOrRefusedAsByTheReference(JsonNode schema) {
        String crd = crd(schema).toString().replace("probes", "tries").replace("Probe", "Try");
        HttpResponse<String> expected = reference.send("POST", CRDS + "?dryRun=All", crd);

        HttpResponse<String> actual = views.send("POST", "x", CRDS + "?dryRun=All", crd);

        assertThat(judged(actual)).isEqualTo(judged(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void anObjectIsTakenOrRefusedAsByTheReference(JsonNode spec) {
        String object = probe(spec, "").toString();
        HttpResponse<String> expected = reference.send("POST", PROBES + "?dryRun=All", object);

        HttpResponse<String> actual = views.send("POST", "x", PROBES + "?dryRun=All", object);

        assertThat(Compared.of(actual)).isEqualTo(Compared.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void anUpdateIsTakenOrRefusedAsByTheReference(Update update) {
        HttpResponse<String> here =
                reference.send("POST", PROBES, probe(update.before(), "").toString());
        HttpResponse<String> there =
                views.send("POST", "x", PROBES, probe(update.before(), "").toString());
        HttpResponse<String> expected = reference.send(
                "PUT", PROBES + "/p", probe(update.after(), version(here)).toString());

        HttpResponse<String> actual = views.send(
                "PUT", "x", PROBES + "/p", probe(update.after(), version(there)).toString());

        reference.send("DELETE", PROBES + "/p", "");
        views.send("DELETE", "x", PROBES + "/p", "");
        assertThat(Compared.of(actual)).isEqualTo(Compared.of(expected));
    }

    /** Only refusals: what is taken gets a status in its own time on a real server. */
    private static String judged(HttpResponse<String> answer) {
        return answer.statusCode() == 201 ? "201" : Compared.of(answer);
    }

    private static String version(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return JsonMapper.shared()
                .readTree(created.body())
                .at("/metadata/resourceVersion")
                .asString();
    }

    private static ObjectNode probe(JsonNode spec, String version) {
        ObjectNode probe = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "example.test/v1")
                .put("kind", "Probe");
        ObjectNode metadata = probe.putObject("metadata").put("name", "p");
        if (!version.isEmpty()) {
            metadata.put("resourceVersion", version);
        }
        probe.set("spec", spec);
        return probe;
    }

    private static ObjectNode crd(JsonNode spec) {
        ObjectNode crd = (ObjectNode) YAMLMapper.shared().readTree("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: probes.example.test}
                spec:
                  group: example.test
                  scope: Namespaced
                  names: {plural: probes, kind: Probe}
                  versions:
                    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {}}}}
                """);
        ((ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema/properties")).set("spec", spec);
        return crd;
    }

    private static List<JsonNode> items(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }

    private static JsonNode yaml(String resource) {
        try (InputStream in = CrdsLikeReferenceTest.class.getResourceAsStream(resource)) {
            return YAMLMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
