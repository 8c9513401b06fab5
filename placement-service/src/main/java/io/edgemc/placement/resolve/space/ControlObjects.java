package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.customize.CustomizerSpec;
import io.edgemc.placement.resolve.customize.OverrideSpec;
import io.edgemc.placement.resolve.select.DownsyncClause;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.select.FieldError.Code;
import io.edgemc.placement.resolve.select.FieldReader;
import io.edgemc.placement.resolve.select.ObjectTest;
import io.edgemc.placement.resolve.select.PlacementSpec;
import io.edgemc.placement.resolve.travel.TravelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of a space that say where its objects go and how they look there. */
public final class ControlObjects {
    static final String PLACEMENTS = "edgeplacements.edge-mc.io";
    static final String CUSTOMIZERS = "customizers.edge-mc.io";
    static final String OVERRIDES = "overrides.edge-mc.io";
    private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec", "status");

    private ControlObjects() {}

    /**
     * What admission refuses about an object of these kinds; empty for any other kind. A placement that names a kind that never
     * leaves a space is not refused: its status says so.
     */
    public static List<FieldError> validate(ObjectKey key, ObjectNode body) {
        List<FieldError> errors = new ArrayList<>();
        switch (key.groupResource()) {
            case PLACEMENTS -> {
                checkTop(body, errors);
                PlacementSpec.read(body, errors);
            }
            case CUSTOMIZERS -> CustomizerSpec.read(body, errors);
            case OVERRIDES -> {
                checkTop(body, errors);
                OverrideSpec.read(key.name(), body, errors);
            }
            default -> {
                // Not ours to judge.
            }
        }
        return errors;
    }

    /** A placement's spec, with everything that is to be said about it. */
    static PlacementState.Version placement(ObjectNode body) {
        List<FieldError> errors = new ArrayList<>();
        PlacementSpec spec = PlacementSpec.read(body, errors);
        List<DownsyncClause> clauses = spec.downsync();
        for (int i = 0; i < clauses.size(); i++) {
            ObjectTest test = clauses.get(i).test();
            for (String resource : test.resources()) {
                if (stays(test, resource)) {
                    errors.add(new FieldError(
                            "spec.downsync[" + i + "].resources",
                            Code.NOT_SUPPORTED,
                            resource + " never leave a space, so they are not sent"));
                }
            }
            if (TravelRules.OWN_GROUP.equals(test.apiGroup())) {
                errors.add(new FieldError(
                        "spec.downsync[" + i + "].apiGroup",
                        Code.NOT_SUPPORTED,
                        "objects of " + TravelRules.OWN_GROUP + " never leave a space, so they are not sent"));
            }
        }
        return new PlacementState.Version(
                body.path("metadata").path("generation").asLong(0), spec, errors);
    }

    private static boolean stays(ObjectTest test, String resource) {
        String group = test.apiGroup();
        return group == null
                ? TravelRules.neverLeavesInAnyGroup(resource)
                : !group.equals(TravelRules.OWN_GROUP) && TravelRules.neverLeaves(group, resource);
    }

    private static void checkTop(ObjectNode body, List<FieldError> errors) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        holder.set("object", body);
        FieldReader top = FieldReader.of(holder, "object", errors);
        TOP.forEach(top::has);
        top.finish();
    }
}
