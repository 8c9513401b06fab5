package io.edgemc.placement.rest;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.kube.api.Admission;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.placement.desired.ClusterObjects;
import io.edgemc.placement.desired.SpaceLife;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.space.ControlObjects;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Admission in the views of this service. */
final class HubRules implements ViewRules {
    private static final String GROUP = "edge-mc.io";

    @Override
    public List<FieldProblem> admit(Admission admission) {
        ObjectNode object = admission.object();
        if (object == null || admission.operation() == Admission.Operation.DELETE) {
            return List.of();
        }
        ServedKind kind = admission.kind();
        boolean ours = kind.ref().group().equals(GROUP);
        if (!ours || admission.subresource().equals("status")) {
            return List.of();
        }
        String resource = kind.ref().resource();
        List<FieldError> errors = new ArrayList<>(OwnFields.check(resource, object));
        errors.addAll(ControlObjects.validate(
                new ObjectKey(GROUP, resource, admission.namespace(), admission.name()), object));
        // Also when it changes: what these wait for is worked off by the hub alone, and must not be skipped.
        switch (resource) {
            case "clusters" -> keep(object, ClusterObjects.FINALIZER);
            case "spaces" -> keep(object, SpaceLife.FINALIZER);
            default -> {
                // Goes when it is deleted.
            }
        }
        if (resource.equals("clusters")) {
            errors.addAll(decommission(object));
        }
        return errors.stream().map(HubRules::problem).toList();
    }

    private static List<FieldError> decommission(ObjectNode cluster) {
        String policy = cluster.path("metadata")
                .path("annotations")
                .path(ClusterObjects.POLICY)
                .asString("delete");
        return policy.equals("delete") || policy.equals("orphan")
                ? List.of()
                : List.of(new FieldError(
                        "metadata.annotations[" + ClusterObjects.POLICY + "]",
                        FieldError.Code.NOT_SUPPORTED,
                        "must be delete or orphan"));
    }

    private static void keep(ObjectNode object, String finalizer) {
        ArrayNode finalizers = object.withObject("/metadata").withArray("finalizers");
        for (JsonNode present : finalizers) {
            if (present.asString("").equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }

    private static FieldProblem problem(FieldError error) {
        FieldProblem.Type type = switch (error.code()) {
            case REQUIRED -> FieldProblem.Type.REQUIRED;
            case INVALID -> FieldProblem.Type.INVALID;
            case NOT_SUPPORTED -> FieldProblem.Type.NOT_SUPPORTED;
            case UNKNOWN -> FieldProblem.Type.FORBIDDEN;
        };
        return new FieldProblem(error.field(), type, error.message());
    }
}
