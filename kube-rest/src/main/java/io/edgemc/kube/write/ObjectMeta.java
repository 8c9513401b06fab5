package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Names;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.schema.FieldProblem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server alone decides in metadata, and what clients may put there. */
final class ObjectMeta {
    private static final int MOST_ANNOTATION_BYTES = 256 << 10;
    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "namespace",
            "name",
            "generateName");

    private ObjectMeta() {}

    static ObjectNode of(ObjectNode object) {
        JsonNode metadata = object.get("metadata");
        if (metadata == null || metadata.isNull()) {
            return object.putObject("metadata");
        }
        if (metadata instanceof ObjectNode node) {
            return node;
        }
        throw ApiError.badRequest("metadata is not an object");
    }

    /** Completes a new object's metadata. */
    static void created(ObjectNode object, Target target, String name, Instant now) {
        ObjectNode given = of(object).deepCopy();
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name);
        if (given.path("generateName").isString()) {
            metadata.set("generateName", given.get("generateName"));
        }
        if (target.kind().namespaced()) {
            metadata.put("namespace", target.namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", time(now));
        if (Generations.counted(target.kind())) {
            metadata.put("generation", 1);
        }
        given.properties().forEach(member -> {
            if (!SERVER_OWNED.contains(member.getKey())
                    && !member.getKey().equals("resourceVersion")
                    && !member.getKey().equals("managedFields")
                    && !member.getKey().equals("selfLink")) {
                metadata.set(member.getKey(), member.getValue());
            }
        });
    }

    /** Puts back what a client cannot change. Throws 409 if it means another object. */
    static void updated(ObjectNode before, ObjectNode after, Target target) {
        ObjectNode old = of(before);
        ObjectNode given = of(after);
        String uid = given.path("uid").asString("");
        if (!uid.isEmpty() && !uid.equals(old.path("uid").asString(""))) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + old.path("uid").asString(""));
        }
        for (String member : SERVER_OWNED) {
            if (old.has(member)) {
                given.set(member, old.get(member));
            } else {
                given.remove(member);
            }
        }
        given.remove("selfLink");
    }

    /** A patch cannot make an object another; an API server finds that twice, and says so. Throws 422. */
    static void refuseOtherUid(ObjectNode before, ObjectNode patched, Target target) {
        JsonNode uid = patched.path("metadata").path("uid");
        if (uid.isString() && !uid.equals(before.path("metadata").path("uid"))) {
            FieldProblem problem = FieldProblem.invalid("metadata.uid", uid.toString(), "field is immutable");
            throw ApiError.invalid(target.kind(), target.name(), List.of(problem, problem));
        }
    }

    /** Empty maps and lists of metadata mean the same as none. */
    static void tidied(ObjectNode object) {
        ObjectNode metadata = of(object);
        for (String member : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            if (metadata.path(member).isContainer() && metadata.path(member).isEmpty()) {
                metadata.remove(member);
            }
        }
    }

    static List<FieldProblem> problems(ObjectNode object) {
        List<FieldProblem> problems = new ArrayList<>();
        ObjectNode metadata = of(object);
        for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
            if (!Names.isLabelKey(label.getKey())) {
                problems.add(FieldProblem.invalid(
                        "metadata.labels", quoted(label.getKey()), Names.whyNoLabelKey(label.getKey())));
            }
            String value = label.getValue().asString("");
            if (!Names.isLabelValue(value)) {
                String rule = value.length() > 63 ? "must be no more than 63 bytes" : Names.VALUE_RULE;
                problems.add(FieldProblem.invalid("metadata.labels", quoted(value), rule));
            }
        }
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation :
                metadata.path("annotations").properties()) {
            if (!Names.isLabelKey(annotation.getKey().toLowerCase(java.util.Locale.ROOT))) {
                problems.add(FieldProblem.invalid(
                        "metadata.annotations",
                        quoted(annotation.getKey()),
                        Names.whyNoLabelKey(annotation.getKey().toLowerCase(java.util.Locale.ROOT))));
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
        return problems;
    }

    static boolean isDeleting(JsonNode object) {
        return object.path("metadata").path("deletionTimestamp").isString();
    }

    static boolean hasFinalizers(JsonNode object) {
        return !object.path("metadata").path("finalizers").isEmpty();
    }

    /** RFC 3339 in whole seconds, as Kubernetes writes times. */
    static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
