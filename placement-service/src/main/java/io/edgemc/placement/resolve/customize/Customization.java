package io.edgemc.placement.resolve.customize;

import io.edgemc.api.object.ObjectKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object's annotations ask for.
 *
 * @param customizer key text {@code namespace/name} of the customizer, null for none
 */
public record Customization(
        boolean expandParameters,
        boolean expandTemplates,
        @Nullable String customizer) {
    static final String EXPAND_PARAMETERS = "edge-mc.io/expand-parameters";
    private static final String EXPAND_TEMPLATES = "edge-mc.io/expand-templates";
    private static final String CUSTOMIZER = "edge-mc.io/customizer";
    private static final Customization NONE = new Customization(false, false, null);

    public static Customization of(ObjectKey key, ObjectNode object) {
        if (annotations(object).isMissingNode()) {
            return NONE;
        }
        String name = annotations(object).path(CUSTOMIZER).asString("");
        String reference = null;
        if (!name.isEmpty()) {
            reference = name.indexOf('/') >= 0 ? name : key.namespace() + "/" + name;
        }
        return new Customization(flag(object, EXPAND_PARAMETERS), flag(object, EXPAND_TEMPLATES), reference);
    }

    /** Whether the object goes out as it is, overrides aside. */
    public boolean isNone() {
        return equals(NONE);
    }

    static boolean flag(ObjectNode object, String annotation) {
        return annotations(object).path(annotation).asString("").equals("true");
    }

    private static JsonNode annotations(ObjectNode object) {
        return object.path("metadata").path("annotations");
    }
}
