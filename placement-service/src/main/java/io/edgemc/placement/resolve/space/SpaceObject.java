package io.edgemc.placement.resolve.space;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.customize.Customization;
import io.edgemc.placement.resolve.travel.Travel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a space without its body.
 *
 * @param revision of the last change that matters to the edge
 * @param template digest of the pruned object, null if it does not travel
 * @param orphan whether its own annotation asks to leave it in place when it is no longer sent
 * @param defines {@code plural.group} of the kind that it defines, if it is a CRD
 */
public record SpaceObject(
        String space,
        ObjectKey key,
        String uid,
        long revision,
        Travel travel,
        Map<String, String> labels,
        @Nullable Digest template,
        Customization customization,
        boolean orphan,
        @Nullable String defines) {
    static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
    private static final String DELETION_POLICY = "edge-mc.io/deletion-policy";

    /** Whether what the edge gets may differ from the other version, the object's labels as such aside. */
    boolean sameForEdge(SpaceObject other) {
        return travel == other.travel
                && java.util.Objects.equals(template, other.template)
                && customization.equals(other.customization)
                && orphan == other.orphan
                && uid.equals(other.uid);
    }

    SpaceObject withRevision(long earlier) {
        return new SpaceObject(space, key, uid, earlier, travel, labels, template, customization, orphan, defines);
    }

    public boolean secret() {
        return isSecret(key);
    }

    static boolean isSecret(ObjectKey key) {
        return key.groupResource().equals("secrets");
    }

    static Map<String, String> labels(ObjectNode body) {
        Map<String, String> labels = new LinkedHashMap<>();
        body.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return Map.copyOf(labels);
    }

    static boolean orphan(ObjectNode body) {
        return body.path("metadata")
                .path("annotations")
                .path(DELETION_POLICY)
                .asString("")
                .equals("Orphan");
    }

    static @Nullable String defines(ObjectKey key, ObjectNode body) {
        if (!key.groupResource().equals(CRDS)) {
            return null;
        }
        JsonNode spec = body.path("spec");
        return spec.path("names").path("plural").asString("") + "."
                + spec.path("group").asString("");
    }
}
