package io.edgemc.kube.apply;

import io.edgemc.kube.apply.MergeType.Form;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which fields a value has: those that its applier owns. */
final class Claims {
    private Claims() {}

    static FieldSet of(JsonNode value, MergeType type) {
        FieldSet set = new FieldSet();
        collect(value, type, set);
        set.exclude();
        return set;
    }

    private static void collect(JsonNode value, MergeType type, FieldSet at) {
        Form form = type.form(value);
        if (form == Form.SCALAR || type.atomic(form)) {
            at.include();
        } else if (form == Form.LIST && value.isArray()) {
            items(value, type, at);
        } else if (form == Form.MAP && value.isObject()) {
            value.properties().forEach(member -> {
                String edge = FieldPaths.field(member.getKey());
                FieldSet child = at.with(edge);
                JsonNode inner = member.getValue();
                collect(inner, type.at(edge), child);
                if (inner.isNull() || inner.isObject() && inner.isEmpty() || !type.names(member.getKey())) {
                    child.include();
                }
                at.tidy(edge);
            });
        }
    }

    /** Of items that are there twice, only the item is owned and nothing in it. */
    private static void items(JsonNode list, MergeType type, FieldSet at) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (JsonNode item : list) {
            String edge = FieldPaths.item(item, type);
            if (!seen.add(edge)) {
                twice.add(edge);
            }
        }
        for (JsonNode item : list) {
            String edge = FieldPaths.item(item, type);
            FieldSet child = at.with(edge);
            if (!twice.contains(edge)) {
                collect(item, type.item(), child);
            }
            child.include();
        }
    }
}
