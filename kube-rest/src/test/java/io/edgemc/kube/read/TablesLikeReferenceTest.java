package io.edgemc.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.testing.Instances;
import io.edgemc.kube.testing.Instances.Instance;
import io.edgemc.kube.testing.Reference;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every built-in kind's table is the reference's: columns and cells of the same object. */
@RequiresLocalEdge
class TablesLikeReferenceTest {
    /** A Job selects by its own uid. */
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String[] TABLE = {
        "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io", "Content-Type", "application/json"
    };

    /** Cells that tell when or how long ago this test made the object. */
    private static final Map<String, String> SINCE_CREATION =
            Map.of("Age", "[0-9]+s", "Created At", "20[2-9].-..-..T..:..:..Z");

    @TempDir
    static Path directory;

    private static Reference reference;
    private static ViewServer views;

    @BeforeAll
    static void start(LocalEdge edge) throws Exception {
        reference = Reference.of(edge);
        views = new ViewServer(directory);
        views.space("x");
    }

    @AfterAll
    static void stop() throws Exception {
        views.close();
        reference.close();
    }

    static List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (String file : List.of("core", "workloads", "networking", "storage", "administration")) {
            all.addAll(Instances.of("/instances/" + file + ".yaml"));
        }
        return all;
    }

    @Test
    void thereIsAnInstanceOfEveryKind() {
        List<String> compared = instances().stream()
                .map(instance -> instance.kind().ref().toString())
                .distinct()
                .toList();

        assertThat(compared)
                .containsExactlyInAnyOrderElementsOf(BuiltInKinds.all().stream()
                        .map(kind -> kind.ref().toString())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("instances")
    void theTableIsTheReferences(Instance instance) {
        HttpResponse<String> created =
                reference.send("POST", instance.collection(), instance.object().toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        try {
            onReference(instance, (ObjectNode) json(created));
            JsonNode expected = json(reference.send("GET", instance.path() + "?includeObject=Object", "", TABLE));
            inView(instance, (ObjectNode) expected.at("/rows/0/object"));

            JsonNode table = json(views.send("GET", "x", instance.path(), "", TABLE));

            assertThat(described(table)).isEqualTo(described(expected));
        } finally {
            gone(instance);
        }
    }

    /** What the instance says of its status, and its deletion if something holds it. */
    private static void onReference(Instance instance, ObjectNode stored) {
        if (instance.object().has("status")) {
            stored.set("status", instance.object().get("status"));
            HttpResponse<String> put = reference.send("PUT", instance.path() + "/status", stored.toString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        }
        if (instance.object().path("metadata").has("finalizers")) {
            reference.send("DELETE", instance.path(), "");
        }
    }

    /** The same object in the view, whatever defaults and status the reference gave it. */
    private static void inView(Instance instance, ObjectNode stored) {
        ObjectNode copy = stored.deepCopy();
        ObjectNode metadata = (ObjectNode) copy.get("metadata");
        List.of("uid", "resourceVersion", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds")
                .forEach(metadata::remove);
        HttpResponse<String> created = views.send("POST", "x", instance.collection(), copy.toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        boolean own = instance.kind().preferred().hasStatus();
        if (own && copy.has("status")) {
            HttpResponse<String> put = views.send("PUT", "x", instance.path() + "/status", copy.toString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        }
        if (stored.path("metadata").has("deletionTimestamp")) {
            views.send("DELETE", "x", instance.path(), "");
        }
    }

    private static void gone(Instance instance) {
        String free = "{\"metadata\":{\"finalizers\":null}}";
        String merge = "application/merge-patch+json";
        reference.send("DELETE", instance.path() + "?gracePeriodSeconds=0", "");
        reference.send("PATCH", instance.path(), free, "Content-Type", merge);
        views.send("DELETE", "x", instance.path(), "");
        views.send("PATCH", "x", instance.path(), free, "Content-Type", merge);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Columns and cells of the only row, one per line; ages since the creation are all the same. */
    private static String described(JsonNode table) {
        StringBuilder lines = new StringBuilder();
        int index = 0;
        for (JsonNode column : table.path("columnDefinitions")) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            for (String fact : List.of("name", "type", "format", "priority")) {
                line.set(fact, column.get(fact));
            }
            JsonNode cell = table.at("/rows/0/cells").path(index++);
            boolean since = cell.asString("")
                    .matches(SINCE_CREATION.getOrDefault(column.path("name").asString(""), "-"));
            lines.append(line)
                    .append(" = ")
                    .append(
                            since
                                    ? "since its creation"
                                    : UID.matcher(cell.toString()).replaceAll("<uid>"))
                    .append('\n');
        }
        return lines.toString();
    }
}
