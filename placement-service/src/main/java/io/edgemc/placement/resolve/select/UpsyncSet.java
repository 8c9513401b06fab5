package io.edgemc.placement.resolve.select;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.api.object.ObjectKey;
import java.util.List;
import java.util.Map;

/**
 * Objects born at the edge that are to be brought up. Unlike in an {@link ObjectTest}, an empty list selects nothing (the domain
 * rules, §3).
 *
 * @param apiGroup {@code ""} for core
 */
public record UpsyncSet(
        String apiGroup,
        List<String> resources,
        List<String> namespaces,
        List<String> names,
        LabelSelector labelSelector) {
    public UpsyncSet {
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
        names = List.copyOf(names);
    }

    public boolean matches(ObjectKey key, Map<String, String> labels) {
        return apiGroup.equals(key.group())
                && listed(resources, key.resource())
                && (key.namespace().isEmpty() || listed(namespaces, key.namespace()))
                && listed(names, key.name())
                && labelSelector.matches(labels);
    }

    static UpsyncSet read(FieldReader in) {
        String group = in.text("apiGroup");
        LabelSelector selector = in.object("labelSelector", LabelSelectors::read);
        return new UpsyncSet(
                group == null ? "" : group,
                in.texts("resources"),
                in.texts("namespaces"),
                in.texts("names"),
                selector == null ? LabelSelector.EVERYTHING : selector);
    }

    private static boolean listed(List<String> values, String value) {
        return values.contains("*") || values.contains(value);
    }
}
