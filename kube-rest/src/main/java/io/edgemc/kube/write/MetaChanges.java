package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of metadata a client cannot change, and what a replacement must say. */
final class MetaChanges {
    private static final List<String> FIXED = List.of("uid", "deletionTimestamp", "deletionGracePeriodSeconds");

    private MetaChanges() {}

    /** Refuses other values of what is fixed; to say nothing of it is allowed. */
    static List<FieldProblem> problems(ObjectNode before, ObjectNode after) {
        List<FieldProblem> problems = new ArrayList<>();
        for (String member : FIXED) {
            JsonNode wanted = after.path("metadata").path(member);
            boolean said = !wanted.isMissingNode()
                    && !wanted.isNull()
                    && !wanted.asString("").isEmpty();
            if (said && !wanted.equals(before.path("metadata").path(member))) {
                problems.add(FieldProblem.invalid("metadata." + member, wanted.toString(), "field is immutable"));
            }
        }
        // An API server looks twice: for all kinds, and for this kind.
        problems.addAll(List.copyOf(problems));
        return problems;
    }

    /** Objects of custom kinds are replaced only in a version that the client names. Throws 422. */
    static void requireVersion(ObjectNode object, Target target) {
        boolean named =
                !object.path("metadata").path("resourceVersion").asString("").isEmpty();
        if (target.kind().origin() != ServedKind.Origin.BUILT_IN && !named) {
            throw ApiError.invalidResource(
                    target.kind().ref(),
                    target.name(),
                    List.of(FieldProblem.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
        }
    }

    /** A replacement for another object is a conflict. Throws 409. */
    static void requireUid(ObjectNode before, ObjectNode after, Target target) {
        String uid = after.path("metadata").path("uid").asString("");
        String there = before.path("metadata").path("uid").asString("");
        if (!uid.isEmpty() && !uid.equals(there)) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + there);
        }
    }
}
