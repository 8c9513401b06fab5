package io.edgemc.kube.write;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an API server refuses in any object's metadata, in its order. */
final class MetaChecks {
    private static final int MOST_ANNOTATION_BYTES = 256 << 10;
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");
    /** Groups whose code does not ask finalizers for a domain. */
    private static final Set<String> LENIENT_GROUPS =
            Set.of("admissionregistration.k8s.io", "apiextensions.k8s.io", "coordination.k8s.io");

    private final List<FieldProblem> problems = new ArrayList<>();

    private MetaChecks() {}

    static List<FieldProblem> problems(ObjectNode object, ServedKind kind) {
        MetaChecks checks = new MetaChecks();
        JsonNode metadata = object.path("metadata");
        JsonNode generation = metadata.path("generation");
        if (generation.asLong(0) < 0) {
            checks.invalid("metadata.generation", generation.toString(), "must be greater than or equal to 0");
        }
        checks.labels(metadata.path("labels"));
        checks.annotations(metadata.path("annotations"));
        checks.owners(metadata.path("ownerReferences"));
        checks.finalizers(metadata.path("finalizers"), kind);
        return checks.problems;
    }

    private void labels(JsonNode labels) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!Names.isLabelKey(label.getKey())) {
                invalid("metadata.labels", quoted(label.getKey()), Names.whyNoLabelKey(label.getKey()));
            }
            String value = label.getValue().asString("");
            if (!Names.isLabelValue(value)) {
                String rule = value.length() > 63 ? "must be no more than 63 bytes" : Names.VALUE_RULE;
                invalid("metadata.labels", quoted(value), rule);
            }
        }
    }

    private void annotations(JsonNode annotations) {
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey().toLowerCase(Locale.ROOT);
            if (!Names.isLabelKey(key)) {
                invalid("metadata.annotations", quoted(annotation.getKey()), Names.whyNoLabelKey(key));
            }
            size += annotation.getKey().length()
                    + annotation.getValue().asString("").length();
        }
        if (size > MOST_ANNOTATION_BYTES) {
            problems.add(new FieldProblem(
                    "metadata.annotations",
                    FieldProblem.Type.TOO_LONG,
                    "Too long: may not be more than " + MOST_ANNOTATION_BYTES + " bytes"));
        }
    }

    private void owners(JsonNode owners) {
        List<String> controllers = new ArrayList<>();
        String path = "metadata.ownerReferences";
        for (JsonNode owner : owners) {
            String apiVersion = owner.path("apiVersion").asString("");
            if (apiVersion.isEmpty() || apiVersion.endsWith("/")) {
                invalid(path + ".apiVersion", quoted(apiVersion), "version must not be empty");
            }
            for (String member : List.of("kind", "name", "uid")) {
                if (owner.path(member).asString("").isEmpty()) {
                    invalid(path + "." + member, quoted(""), "must not be empty");
                }
            }
            String kind = owner.path("kind").asString("");
            if (kind.equals("Event") && apiVersion.equals("v1")) {
                invalid(path, owner.toString(), "/v1, Kind=Event is disallowed from being an owner");
            }
            if (owner.path("controller").asBoolean(false)) {
                controllers.add(kind + "/" + owner.path("name").asString(""));
            }
        }
        for (int i = 1; i < controllers.size(); i++) {
            invalid(
                    path,
                    shown(owners),
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                            + controllers.getFirst() + " and " + controllers.get(i));
        }
    }

    private static String shown(JsonNode owners) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode owner : owners) {
            ObjectNode one = all.addObject();
            for (String member : List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion")) {
                if (owner.has(member)) {
                    one.set(member, owner.get(member));
                }
            }
        }
        return all.toString();
    }

    private void finalizers(JsonNode finalizers, ServedKind kind) {
        String path = "metadata.finalizers";
        for (JsonNode finalizer : finalizers) {
            if (!Names.isLabelKey(finalizer.asString(""))) {
                invalid(path, finalizer.toString(), Names.whyNoLabelKey(finalizer.asString("")));
            }
        }
        List<JsonNode> all = finalizers.valueStream().toList();
        boolean both = Set.of("orphan", "foregroundDeletion").stream()
                .allMatch(name -> all.stream().anyMatch(one -> one.asString("").equals(name)));
        if (both) {
            invalid(path, finalizers.toString(), "finalizer orphan and foregroundDeletion cannot be both set");
        }
        boolean strict = kind.origin() == ServedKind.Origin.BUILT_IN
                && !LENIENT_GROUPS.contains(kind.ref().group());
        for (int i = 0; strict && i < all.size(); i++) {
            String name = all.get(i).asString("");
            if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
                invalid(
                        path + "[" + i + "]",
                        quoted(name),
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private void invalid(String path, String value, String detail) {
        problems.add(FieldProblem.invalid(path, value, detail));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
