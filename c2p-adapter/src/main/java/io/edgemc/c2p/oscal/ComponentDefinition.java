package io.edgemc.c2p.oscal;

import io.edgemc.c2p.oscal.InvalidDefinitionException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads the part of an OSCAL component definition that links controls to checks: implemented requirements name rules by
 * properties {@code Rule_Id}, components say by properties grouped by {@code remarks} which {@code Check_Id} checks a rule.
 */
public final class ComponentDefinition {
    /** Rules in one definition, at most. */
    static final int MAX_RULES = 5_000;

    /** Controls in one definition, at most. */
    static final int MAX_CONTROLS = 5_000;

    /** A token as OSCAL has it. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}.\\-_]{0,127}");

    private static final Pattern CHECK = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    private final List<Problem> problems = new ArrayList<>();
    private final RuleSets rules = new RuleSets();
    private final Map<String, Map<String, ControlMap.Rule>> controls = new LinkedHashMap<>();

    private ComponentDefinition() {}

    /** The controls of a document; throws with all that is wrong with it. */
    public static ControlMap read(JsonNode document) throws InvalidDefinitionException {
        return new ComponentDefinition().controls(document);
    }

    private ControlMap controls(JsonNode document) throws InvalidDefinitionException {
        JsonNode definition = document.path("component-definition");
        String title = definition.path("metadata").path("title").asString("");
        check(definition.isObject(), "/component-definition", "is missing: an OSCAL component definition is wanted");
        if (definition.isObject()) {
            check(!title.isBlank(), "/component-definition/metadata/title", "is missing");
            check(definition.get("components") instanceof ArrayNode, "/component-definition/components", "is missing");
        }
        for (JsonNode component : definition.path("components")) {
            rules.read(component);
        }
        check(rules.size() <= MAX_RULES, "/component-definition/components", "more than " + MAX_RULES + " rules");
        int component = 0;
        for (JsonNode node : definition.path("components")) {
            implementations(node, "/component-definition/components/" + component++);
        }
        check(
                controls.size() <= MAX_CONTROLS,
                "/component-definition/components",
                "more than " + MAX_CONTROLS + " controls");
        if (problems.isEmpty() && controls.isEmpty()) {
            problems.add(new Problem(
                    "/component-definition/components",
                    "no implemented requirement names a rule: a property Rule_Id is wanted"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDefinitionException(problems);
        }
        TreeMap<String, List<ControlMap.Rule>> sorted = new TreeMap<>();
        controls.forEach((control, found) -> sorted.put(control, List.copyOf(found.values())));
        return new ControlMap(title, sorted);
    }

    private void implementations(JsonNode component, String path) {
        int i = 0;
        for (JsonNode implementation : component.path("control-implementations")) {
            String at = path + "/control-implementations/" + i++;
            int r = 0;
            for (JsonNode requirement : implementation.path("implemented-requirements")) {
                requirement(requirement, at + "/implemented-requirements/" + r++);
            }
        }
    }

    private void requirement(JsonNode requirement, String path) {
        String control = requirement.path("control-id").asString("");
        if (!CONTROL.matcher(control).matches()) {
            check(false, path + "/control-id", "is not a control id");
            return;
        }
        properties(control, requirement, path);
        int s = 0;
        for (JsonNode statement : requirement.path("statements")) {
            properties(control, statement, path + "/statements/" + s++);
        }
    }

    private void properties(String control, JsonNode holder, String path) {
        int p = 0;
        for (JsonNode property : holder.path("props")) {
            String at = path + "/props/" + p++ + "/value";
            if (property.path("name").asString("").equals("Rule_Id")) {
                rule(control, property.path("value").asString("").strip(), at);
            }
        }
    }

    private void rule(String control, String id, String path) {
        ControlMap.Rule rule = rules.rule(id);
        if (rule == null) {
            check(false, path, "names a rule that no component defines by a property Rule_Id");
            return;
        }
        for (String name : rule.checks()) {
            check(CHECK.matcher(name).matches(), path, "its rule has a Check_Id that is no name of a policy");
        }
        controls.computeIfAbsent(control, any -> new LinkedHashMap<>()).put(id, rule);
    }

    private void check(boolean holds, String path, String message) {
        if (!holds) {
            problems.add(new Problem(path, message));
        }
    }
}
