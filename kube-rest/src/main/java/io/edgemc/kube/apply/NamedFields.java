package io.edgemc.kube.apply;

import java.util.Map;

/**
 * A set in which the fields that a schema names are members themselves if anything below them is. Nobody owns such a field
 * as such, but whether it can go depends on what is below it.
 */
final class NamedFields {
    private NamedFields() {}

    static FieldSet of(FieldSet set, MergeType type) {
        FieldSet made = new FieldSet();
        for (Map.Entry<String, FieldSet> entry : set.children().entrySet()) {
            String edge = entry.getKey();
            FieldSet child = entry.getValue();
            FieldSet below = of(child, type.at(edge));
            boolean named = edge.startsWith("f:") && !child.children().isEmpty() && type.names(edge.substring(2));
            if (child.isMember() || named) {
                below.include();
            }
            made.children().put(edge, below);
        }
        return made;
    }
}
