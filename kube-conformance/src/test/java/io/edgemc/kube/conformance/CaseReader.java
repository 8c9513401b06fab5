package io.edgemc.kube.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case out of its document. {@code <ns>} is the namespace of its own, everywhere; {@code <kib300>} is a text of 300 KiB.
 */
final class CaseReader {
    private static final Set<String> MEMBERS =
            Set.of("title", "given", "files", "steps", "stored", "managedFields", "differs");
    private static final List<String> PROGRAMS = List.of("kubectl", "helm");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final ObjectNode SIZES = sizes(200, 300, 1100, 3100);

    private CaseReader() {}

    private static ObjectNode sizes(int... kib) {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        for (int size : kib) {
            texts.put("kib" + size, "x".repeat(size << 10));
        }
        return texts;
    }

    static Case read(String file, ObjectNode document, String namespace) {
        known(document, MEMBERS);
        String title = required(document, "title");
        ObjectNode own = (ObjectNode) withNamespace(document, namespace);
        List<ObjectNode> given = new ArrayList<>();
        own.path("given").forEach(object -> given.add((ObjectNode) object));
        List<Step> steps = new ArrayList<>();
        own.path("steps").forEach(step -> steps.add(step(step)));
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("'" + title + "' has no steps");
        }
        return new Case(
                file + "#" + title,
                namespace,
                given,
                texts(own.path("files")),
                steps,
                strings(own.path("stored")),
                own.path("managedFields").asBoolean(false),
                differs(own.path("differs")));
    }

    private static Case.@Nullable Differs differs(JsonNode differs) {
        if (differs.isMissingNode()) {
            return null;
        }
        known(differs, Set.of("reason", "lines", "names", "space"));
        Case.Differs made = new Case.Differs(
                required(differs, "reason"),
                strings(differs.path("lines")),
                strings(differs.path("names")),
                strings(differs.path("space")));
        if (made.wholly() && made.space().isEmpty()) {
            throw new IllegalArgumentException("where all differs, 'space' says what a space shows: " + differs);
        }
        return made;
    }

    private static Step step(JsonNode step) {
        String line = step.isString()
                ? step.asString()
                : step.path("run").asString(step.path("send").asString(""));
        String first = line.split(" ", 2)[0];
        if (PROGRAMS.contains(first)) {
            known(step, Set.of("run", "stdin", "env"));
            return new Step.Command(line.strip(), body(step.path("stdin")), texts(step.path("env")));
        }
        if (!METHODS.contains(first)) {
            throw new IllegalArgumentException(
                    "a step is a line for one of " + PROGRAMS + " or a request, this is not: " + step);
        }
        known(step, Set.of("send", "headers", "body", "shown", "keep"));
        Map<String, String> headers = new LinkedHashMap<>(texts(step.path("headers")));
        if (step.has("body")) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        return new Step.Send(
                first,
                line.substring(first.length()).strip(),
                headers,
                body(step.path("body")),
                strings(step.path("shown")),
                texts(step.path("keep")));
    }

    private static String body(JsonNode body) {
        return body.isMissingNode() ? "" : body.isString() ? body.asString() : body.toString();
    }

    private static JsonNode withNamespace(JsonNode node, String namespace) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("ns", namespace);
        row.setAll(SIZES);
        ObjectNode document = ((ObjectNode) node).deepCopy();
        document.putArray("matrix").add(row);
        return Matrix.variants(document).getFirst();
    }

    private static void known(JsonNode object, Set<String> members) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!members.contains(member.getKey())) {
                throw new IllegalArgumentException("nobody knows '" + member.getKey() + "'; known are " + members);
            }
        }
    }

    private static String required(JsonNode object, String member) {
        String value = object.path(member).asString("");
        if (value.isBlank()) {
            throw new IllegalArgumentException("'" + member + "' is missing in " + object);
        }
        return value;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> all = new LinkedHashMap<>();
        object.properties().forEach(member -> all.put(member.getKey(), body(member.getValue())));
        return all;
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(value -> all.add(value.asString()));
        return all;
    }
}
