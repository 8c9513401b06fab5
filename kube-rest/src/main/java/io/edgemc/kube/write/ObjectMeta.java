package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.schema.FieldProblem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server alone decides in metadata, and what clients may put there. */
final class ObjectMeta {
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
        } else if (given.path("generation").asLong(0) != 0) {
            metadata.set("generation", given.get("generation"));
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

    /** Puts back what a client cannot change. */
    static void updated(ObjectNode before, ObjectNode after) {
        ObjectNode old = of(before);
        ObjectNode given = of(after);
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
}
