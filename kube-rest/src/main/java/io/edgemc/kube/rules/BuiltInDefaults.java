package io.edgemc.kube.rules;

import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what Kubernetes' code fills in: {@code defaults.txt}, and what has to be computed. */
public final class BuiltInDefaults {
    private record Default(
            List<String> path, JsonNode value, @Nullable Condition when) {}

    private record Condition(
            String member, boolean present, @Nullable JsonNode value) {
        static Condition of(String text) {
            if (text.startsWith("!")) {
                return new Condition(text.substring(1), false, null);
            }
            String[] sides = text.split("=", 2);
            return new Condition(
                    sides[0], true, sides.length > 1 ? JsonMapper.shared().readTree(sides[1]) : null);
        }

        boolean holds(ObjectNode holder) {
            JsonNode there = holder.get(member);
            boolean is = there != null && !there.isNull();
            return is == present && (value == null || value.equals(there));
        }
    }

    private static final Map<String, List<Default>> BY_KIND = read();

    private BuiltInDefaults() {}

    private static Map<String, List<Default>> read() {
        Map<String, List<Default>> byKind = new HashMap<>();
        for (String[] line : Lines.of("defaults.txt")) {
            String[] sides = line[1].split(" = ", 2);
            JsonNode value = JsonMapper.shared().readTree(sides[1]);
            Condition when = line.length > 2 ? Condition.of(line[2].strip()) : null;
            for (Places.In place : Places.of(line[0], sides[0])) {
                byKind.computeIfAbsent(place.kind(), kind -> new ArrayList<>())
                        .add(new Default(Places.members(place.path()), value, when));
            }
        }
        return byKind;
    }

    /** In place. {@code before} is what the object replaces, null for a new one. */
    public static void apply(KindRef kind, @Nullable ObjectNode before, ObjectNode object) {
        String name = kind.toString();
        for (Default one : BY_KIND.getOrDefault(name, List.of())) {
            Places.visit(object, one.path(), "", (holder, at) -> {
                String member = one.path().getLast();
                JsonNode there = holder.get(member);
                boolean absent = there == null || there.isNull();
                if (absent && (one.when() == null || one.when().holds(holder))) {
                    holder.set(member, one.value().deepCopy());
                }
            });
        }
        ComputedDefaults.apply(name, before, object);
    }
}
