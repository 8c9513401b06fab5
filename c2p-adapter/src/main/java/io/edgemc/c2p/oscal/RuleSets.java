package io.edgemc.c2p.oscal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rules of all components: properties that share a {@code remarks} make one rule set of a component. */
final class RuleSets {
    private final Map<String, Set<String>> checks = new HashMap<>();
    private final Map<String, String> descriptions = new HashMap<>();

    void read(JsonNode component) {
        Map<String, Map<String, Set<String>>> sets = new LinkedHashMap<>();
        for (JsonNode property : component.path("props")) {
            sets.computeIfAbsent(property.path("remarks").asString(""), remarks -> new HashMap<>())
                    .computeIfAbsent(property.path("name").asString(""), name -> new LinkedHashSet<>())
                    .add(property.path("value").asString("").strip());
        }
        sets.values().forEach(this::add);
    }

    private void add(Map<String, Set<String>> set) {
        for (String rule : set.getOrDefault("Rule_Id", Set.of())) {
            checks.computeIfAbsent(rule, id -> new LinkedHashSet<>()).addAll(set.getOrDefault("Check_Id", Set.of()));
            set.getOrDefault("Rule_Description", set.getOrDefault("Check_Description", Set.of())).stream()
                    .findFirst()
                    .ifPresent(text -> descriptions.putIfAbsent(rule, text));
        }
    }

    /** The rule of that id, or null if no component has it. */
    ControlMap.@Nullable Rule rule(String id) {
        Set<String> found = checks.get(id);
        return found == null ? null : new ControlMap.Rule(id, descriptions.getOrDefault(id, ""), List.copyOf(found));
    }

    int size() {
        return checks.size();
    }
}
