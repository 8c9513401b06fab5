package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a client asked for in {@code DeleteOptions}.
 *
 * @param uid empty for any
 * @param resourceVersion empty for any
 */
record DeleteOptions(String uid, String resourceVersion, boolean dryRun) {
    private static final String KIND = "DeleteOptions";
    /** Accepted and without effect: a view has no garbage collector, as it has no controllers. */
    private static final Set<String> PROPAGATIONS = Set.of("", "Orphan", "Background", "Foreground");

    static final DeleteOptions NONE = new DeleteOptions("", "", false);

    /** From the query and the body. Throws 400, 415 and 422. */
    static DeleteOptions of(KubeRequest request, Target target, BodyReader bodies) {
        byte[] body = bodies.bytes(request);
        boolean dryRun = WriteOptions.of(request).dryRun();
        request.number("gracePeriodSeconds", 0);
        String propagation = request.parameter("propagationPolicy");
        if (body.length == 0) {
            refuse(propagationProblems(
                    propagation, !request.parameter("orphanDependents").isEmpty()));
            return new DeleteOptions("", "", dryRun);
        }
        JsonNode node = parsed(request, target, bodies, body);
        String kind = node.path("kind").asString(KIND);
        if (!kind.equals(KIND)) {
            throw ApiError.badRequest(
                    KindMismatch.unregistered(kind, node.path("apiVersion").asString("")));
        }
        List<FieldProblem> problems = new ArrayList<>(propagationProblems(
                node.path("propagationPolicy").asString(propagation),
                node.path("orphanDependents").isBoolean()));
        for (JsonNode stage : node.path("dryRun")) {
            if (!stage.asString("").equals("All")) {
                problems.add(new FieldProblem(
                        "dryRun",
                        FieldProblem.Type.NOT_SUPPORTED,
                        "Unsupported value: [" + stage + "]: supported values: \"All\""));
            }
            dryRun = true;
        }
        refuse(problems);
        JsonNode preconditions = node.path("preconditions");
        return new DeleteOptions(
                preconditions.path("uid").asString(""),
                preconditions.path("resourceVersion").asString(""),
                dryRun);
    }

    private static JsonNode parsed(KubeRequest request, Target target, BodyReader bodies, byte[] body) {
        try {
            JsonNode node = bodies.parsed(request.mediaType(), body, target);
            if (node.isObject()) {
                return node;
            }
        } catch (BodyReader.MalformedBody e) {
            throw ApiError.badRequest("couldn't get version/kind; json parse error: " + e.getMessage());
        }
        throw ApiError.badRequest("DeleteOptions is an object");
    }

    private static List<FieldProblem> propagationProblems(String policy, boolean orphansToo) {
        if (orphansToo && !policy.isEmpty()) {
            return List.of(FieldProblem.invalid(
                    "propagationPolicy",
                    "\"" + policy + "\"",
                    "orphanDependents and deletionPropagation cannot be both set"));
        }
        return PROPAGATIONS.contains(policy)
                ? List.of()
                : List.of(new FieldProblem(
                        "propagationPolicy",
                        FieldProblem.Type.NOT_SUPPORTED,
                        "Unsupported value: \"" + policy
                                + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""));
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw ApiError.invalidOptions(KIND, problems);
        }
    }

    /** Throws 409 if another object is meant than the one that is there. */
    void check(Target target, StoredObject stored) {
        KindRef named = new KindRef(target.kind().ref().group(), target.kind().kind());
        if (!uid.isEmpty() && !uid.equals(stored.uid())) {
            throw ApiError.conflict(
                    named,
                    target.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + stored.uid()
                            + "). The object might have been deleted and then recreated");
        }
        String version = Long.toString(stored.resourceVersion());
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(version)) {
            throw ApiError.conflict(
                    named,
                    target.name(),
                    "the ResourceVersion in the precondition (" + resourceVersion
                            + ") does not match the ResourceVersion in record (" + version
                            + "). The object might have been modified");
        }
    }
}
