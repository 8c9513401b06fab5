package io.edgemc.kube.apply;

import io.edgemc.kube.api.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The move from client-side to server-side apply: {@code kubectl} may take over what its own client-side apply set, as its
 * annotation says, as long as nobody changed it since; and the annotation goes on telling what was applied, so that there is
 * a way back.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";
    private static final int MOST_ANNOTATION_BYTES = 256 << 10;

    private LastApplied() {}

    /** Fields that may be taken from anybody. */
    static FieldSet upgradable(@Nullable ObjectNode live, Target target, String manager) {
        if (live == null || !manager.equals(KUBECTL)) {
            return new FieldSet();
        }
        String text = live.path("metadata").path("annotations").path(ANNOTATION).asString("");
        if (text.isEmpty()) {
            return new FieldSet();
        }
        try {
            MergeType type = MergeType.ofObjects(target.served().schema());
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode then
                    && then.path("apiVersion").asString("").equals(target.apiVersion())
                    && TypedCheck.problems(then, type).isEmpty()
                    && TypedCheck.problems(live, type).isEmpty()) {
                Comparison since = Comparison.of(then, live, type);
                return Claims.of(then, type)
                        .difference(since.modified())
                        .difference(since.added())
                        .difference(since.removed());
            }
        } catch (JacksonException e) {
            // Somebody wrote the annotation by hand: then nothing is known to be kubectl's.
        }
        return new FieldSet();
    }

    /** Puts what was applied into the annotation, if there is one. */
    static void renew(ObjectNode object, ObjectNode configuration, String manager) {
        String known =
                object.path("metadata").path("annotations").path(ANNOTATION).asString("");
        if (!manager.equals(KUBECTL)
                || known.isEmpty()
                || !(object.path("metadata").path("annotations") instanceof ObjectNode annotations)) {
            return;
        }
        ObjectNode applied = configuration.deepCopy();
        if (applied.path("metadata").path("annotations") instanceof ObjectNode own) {
            own.remove(ANNOTATION);
        } else if (applied.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("annotations");
        }
        annotations.put(ANNOTATION, FieldPaths.text(sorted(applied)) + "\n");
        int size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            size += annotation.getKey().length()
                    + annotation.getValue().asString("").length();
        }
        if (size > MOST_ANNOTATION_BYTES) {
            annotations.remove(ANNOTATION);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                TreeMap<String, JsonNode> members = new TreeMap<>();
                object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
                ObjectNode made = JsonNodeFactory.instance.objectNode();
                members.forEach(made::set);
                yield made;
            }
            case ArrayNode array -> {
                ArrayNode made = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> made.add(sorted(item)));
                yield made;
            }
            default -> node;
        };
    }
}
