package io.edgemc.kube.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.testing.Compared;
import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Defaults and refusals of built-in kinds that only Kubernetes' code knows are those of a real API server. */
@RequiresLocalEdge
class RulesLikeReferenceTest {
    private static final JsonNode BODIES = bodies();
    private static final String[] MERGE = {"Content-Type", "application/merge-patch+json"};

    /**
     * Where the two should differ: a view gives no addresses and knows no controllers, and the reference's admission
     * completes pods by what it has around them.
     */
    private static final Map<String, Set<String>> INERT = Map.of(
            "Service", Set.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"),
            "Pod",
                    Set.of(
                            "tolerations",
                            "priority",
                            "preemptionPolicy",
                            "serviceAccount",
                            "serviceAccountName",
                            "volumes",
                            "containers.volumeMounts",
                            "initContainers.volumeMounts"));

    @TempDir
    static Path directory;

    private static Reference reference;
    private static ViewServer views;

    @BeforeAll
    static void start(LocalEdge edge) throws Exception {
        reference = Reference.of(edge);
        views = new ViewServer(directory);
        views.space("x");
        String account = "{\"metadata\":{\"name\":\"sa\"}}";
        reference.send("POST", "/api/v1/namespaces/default/serviceaccounts", account);
    }

    @AfterAll
    static void stop() throws Exception {
        reference.send("DELETE", "/api/v1/namespaces/default/serviceaccounts/sa", "");
        views.close();
        reference.close();
    }

    record Create(String name, Instance instance) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Update(String name, Instance instance, JsonNode patch) {
        @Override
        public String toString() {
            return name + " " + patch;
        }
    }

    static List<Create> creates() {
        List<Create> all = new ArrayList<>();
        BODIES.path("creates")
                .forEach(line -> all.add(
                        new Create(line.path("case").asString(), Instances.instance((ObjectNode) line.get("body")))));
        return all;
    }

    static List<Update> updates() {
        List<Update> all = new ArrayList<>();
        for (JsonNode line : BODIES.path("updates")) {
            Instance instance = Instances.instance((ObjectNode) line.get("body"));
            line.path("patches")
                    .forEach(patch -> all.add(new Update(line.path("case").asString(), instance, patch)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("creates")
    void aNewObjectIsCompletedOrRefusedAsByTheReference(Create create) {
        String path = create.instance().collection() + "?dryRun=All";
        String body = create.instance().object().toString();
        HttpResponse<String> expected = reference.send("POST", path, body);

        HttpResponse<String> actual = views.send("POST", "x", path, body);

        assertThat(comparable(actual)).isEqualTo(comparable(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void aChangeIsTakenOrRefusedAsByTheReference(Update update) {
        Instance instance = update.instance();
        String body = instance.object().toString();
        HttpResponse<String> here = reference.send("POST", instance.collection(), body);
        HttpResponse<String> there = views.send("POST", "x", instance.collection(), body);
        assertThat(here.statusCode()).as(here.body()).isEqualTo(201);
        assertThat(there.statusCode()).as(there.body()).isEqualTo(201);
        String path = instance.path() + "?dryRun=All";
        HttpResponse<String> expected =
                reference.send("PATCH", path, update.patch().toString(), MERGE);

        HttpResponse<String> actual =
                views.send("PATCH", "x", path, update.patch().toString(), MERGE);

        reference.send("DELETE", instance.path() + "?gracePeriodSeconds=0&propagationPolicy=Background", "");
        views.send("DELETE", "x", instance.path() + "?gracePeriodSeconds=0", "");
        assertThat(comparable(actual)).isEqualTo(comparable(expected));
    }

    private static String comparable(HttpResponse<String> answer) {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(answer.body());
        if (body.path("kind").asString("").equals("Status")) {
            firstLines(body);
        } else {
            body.remove("status");
            if (body.path("spec") instanceof ObjectNode spec) {
                withoutInert(spec, INERT.getOrDefault(body.path("kind").asString(""), Set.of()));
            }
        }
        return Compared.text(answer.statusCode(), body)
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>");
    }

    /** After the first line the reference shows how its own structures differ. */
    private static void firstLines(ObjectNode status) {
        status.put("message", first(status.path("message").asString("")));
        for (JsonNode cause : status.path("details").path("causes")) {
            ((ObjectNode) cause).put("message", first(cause.path("message").asString("")));
        }
    }

    private static String first(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static void withoutInert(ObjectNode spec, Set<String> inert) {
        for (String path : inert) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                spec.remove(path);
            } else {
                for (JsonNode item : spec.path(path.substring(0, dot))) {
                    ((ObjectNode) item).remove(path.substring(dot + 1));
                }
            }
        }
        if (inert.contains("clusterIP")) {
            for (JsonNode port : spec.path("ports")) {
                ((ObjectNode) port).remove("nodePort");
            }
        }
    }

    private static JsonNode bodies() {
        try (InputStream in = RulesLikeReferenceTest.class.getResourceAsStream("/rules/bodies.yaml")) {
            return YAMLMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
