package io.edgemc.placement.resolve.customize;

import io.edgemc.placement.resolve.ClusterFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that makes the form of an object at a cluster, the object itself aside.
 *
 * @param customizer null if none is asked for, or if it is missing
 * @param overrides those whose tests the object passes, in the order in which they are applied
 */
public record Recipe(Customization customization, @Nullable CustomizerSpec customizer, List<OverrideSpec> overrides) {
    public Recipe {
        overrides = List.copyOf(overrides);
    }

    /** Whether the object goes out as it is to every cluster. */
    public boolean isPlain() {
        return customization.isNone() && overrides.isEmpty();
    }

    /** The overrides that count for a cluster. */
    public List<OverrideSpec> overridesFor(ClusterFacts cluster) {
        return overrides.isEmpty()
                ? overrides
                : overrides.stream()
                        .filter(override -> override.concerns(cluster.labels()))
                        .toList();
    }

    /**
     * The object as the cluster is to hold it: expansion, replacements, templates, overrides. The input is not changed.
     *
     * @param template the object, pruned
     */
    public ObjectNode render(ObjectNode template, ClusterFacts cluster, Parameters parameters) throws RenderException {
        ObjectNode object = template.deepCopy();
        if (customization.expandParameters()) {
            ParameterExpansion.expand(object, parameters);
        }
        if (customization.customizer() != null) {
            if (customizer == null) {
                throw new RenderException(
                        "metadata.annotations[edge-mc.io/customizer]",
                        "there is no customizer " + customization.customizer());
            }
            customizer.apply(object, parameters);
        }
        if (customization.expandTemplates()) {
            TemplateExpansion.expand(object, parameters);
        }
        for (OverrideSpec override : overridesFor(cluster)) {
            override.apply(object);
        }
        checkIdentity(template, object);
        return object;
    }

    private static void checkIdentity(ObjectNode template, ObjectNode object) throws RenderException {
        for (String field : List.of("apiVersion", "kind")) {
            if (!template.path(field).equals(object.path(field))) {
                throw new RenderException(field, "customization must not change it");
            }
        }
        for (String field : List.of("name", "namespace")) {
            if (!template.path("metadata")
                    .path(field)
                    .equals(object.path("metadata").path(field))) {
                throw new RenderException("metadata." + field, "customization must not change it");
            }
        }
        if (!(object.get("metadata") instanceof ObjectNode)) {
            throw new RenderException("metadata", "customization must not change it");
        }
    }
}
