package io.edgemc.syncer.config;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.syncer.kube.GroupResource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A set of objects to bring back that were born at the edge (the domain rules, §3). {@code *} in a list means any; an empty
 * list of resources or names selects nothing, an empty list of namespaces nothing that is namespaced.
 */
public record UpsyncSet(
        String group, List<String> resources, List<String> namespaces, List<String> names, LabelSelector labels) {
    private static final String ANY = "*";

    public UpsyncSet {
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
        names = List.copyOf(names);
    }

    static UpsyncSet parse(JsonNode json) {
        JsonNode selector = json.path("labelSelector");
        return new UpsyncSet(
                json.path("apiGroup").asString(""),
                strings(json.path("resources")),
                strings(json.path("namespaces")),
                strings(json.path("names")),
                selector.isObject() ? LabelSelectors.parse(selector) : LabelSelector.EVERYTHING);
    }

    boolean covers(GroupResource kind) {
        return group.equals(kind.group()) && allows(resources, kind.resource());
    }

    /** Whether an object of a covered kind may be selected, by its key alone. */
    boolean covers(String namespace, String name) {
        return allows(names, name) && (namespace.isEmpty() || allows(namespaces, namespace));
    }

    boolean selects(String namespace, String name, JsonNode objectLabels) {
        return covers(namespace, name) && LabelSelectors.matches(labels, objectLabels);
    }

    private static boolean allows(List<String> list, String value) {
        return list.contains(ANY) || list.contains(value);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(value -> strings.add(value.asString("")));
        return List.copyOf(strings);
    }
}
