package io.edgemc.placement.resolve.select;

import io.edgemc.api.object.ObjectKey;
import java.util.Map;

/**
 * What a test looks at.
 *
 * @param labels of the object
 * @param namespaceLabels of the object's Namespace object; empty if there is none, or for a cluster-scoped object
 */
public record Selectable(ObjectKey key, Map<String, String> labels, Map<String, String> namespaceLabels) {
    boolean namespaced() {
        return !key.namespace().isEmpty();
    }
}
