package io.edgemc.kube.conformance;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a case's objects onto a side, and knows their paths. */
final class Given {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String CRD = "CustomResourceDefinition";

    private record Place(String collection, boolean namespaced) {}

    private final Case subject;
    private final Map<String, Place> places = new HashMap<>();

    Given(Case subject) {
        this.subject = subject;
        for (ServedKind kind : BuiltInKinds.all()) {
            kind.versions()
                    .forEach(version -> place(
                            kind.ref().group(),
                            version.version(),
                            kind.kind(),
                            kind.ref().resource(),
                            kind.namespaced()));
        }
        for (ObjectNode object : subject.given()) {
            if (object.path("kind").asString("").equals(CRD)) {
                JsonNode spec = object.path("spec");
                spec.path("versions")
                        .forEach(version -> place(
                                spec.path("group").asString(),
                                version.path("name").asString(),
                                spec.path("names").path("kind").asString(),
                                spec.path("names").path("plural").asString(),
                                spec.path("scope").asString().equals("Namespaced")));
            }
        }
    }

    private void place(String group, String version, String kind, String plural, boolean namespaced) {
        String apiVersion = group.isEmpty() ? version : group + "/" + version;
        String prefix = group.isEmpty() ? "/api/" : "/apis/";
        String inside = namespaced ? "/namespaces/" + subject.namespace() : "";
        places.put(apiVersion + " " + kind, new Place(prefix + apiVersion + inside + "/" + plural, namespaced));
    }

    /**
     * Creates the case's namespace and objects.
     *
     * @throws IllegalStateException if the side refuses one
     */
    void create(Side side) {
        post(side, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + subject.namespace() + "\"}}");
        for (ObjectNode object : subject.given()) {
            post(side, collection(object) + "?fieldManager=given", object.toString());
            if (object.path("kind").asString("").equals(CRD)) {
                awaitServed(side, object);
            }
        }
    }

    /** Where the objects are. */
    List<String> paths() {
        return subject.given().stream()
                .filter(object -> !object.path("metadata").path("name").isMissingNode())
                .map(object -> collection(object) + "/"
                        + object.path("metadata").path("name").asString())
                .toList();
    }

    private String collection(ObjectNode object) {
        String type = object.path("apiVersion").asString("") + " "
                + object.path("kind").asString("");
        Place place = places.get(type);
        if (place == null) {
            throw new IllegalStateException("nobody knows the kind " + type);
        }
        return place.collection();
    }

    private static void post(Side side, String path, String body) {
        HttpResponse<byte[]> answer = side.send("POST", path, JSON, body);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(
                    side.name() + " does not take what is given: " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    /** A kind is served, described and discovered a moment after its CRD was taken. */
    private void awaitServed(Side side, ObjectNode crd) {
        String group = crd.path("spec").path("group").asString();
        String plural = crd.path("spec").path("names").path("plural").asString();
        for (JsonNode version : crd.path("spec").path("versions")) {
            if (version.path("served").asBoolean(false)) {
                String base = "/apis/" + group + "/" + version.path("name").asString();
                awaitOk(side, base + "/" + plural + "?limit=1");
                awaitOk(side, base);
                awaitOk(side, "/openapi/v3" + base);
            }
        }
    }

    private static void awaitOk(Side side, String path) {
        try {
            Eventually.holds(() -> {
                int status = side.send("GET", path, Map.of(), "").statusCode();
                if (status != 200) {
                    throw new AssertionError(side.name() + " answers " + status + " to " + path);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
