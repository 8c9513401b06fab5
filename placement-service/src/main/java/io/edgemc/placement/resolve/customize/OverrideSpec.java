package io.edgemc.placement.resolve.customize;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.select.FieldError.Code;
import io.edgemc.placement.resolve.select.FieldReader;
import io.edgemc.placement.resolve.select.LabelSelectors;
import io.edgemc.placement.resolve.select.ObjectTest;
import io.edgemc.placement.resolve.select.Selectable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Override: changes objects at some clusters without touching them in the space. Of several, those of higher priority are
 * applied later, equal ones by name.
 */
public record OverrideSpec(
        String name,
        List<LabelSelector> clusterSelectors,
        List<ObjectTest> objectTests,
        List<Patch> patches,
        int priority)
        implements Comparable<OverrideSpec> {
    public OverrideSpec {
        clusterSelectors = List.copyOf(clusterSelectors);
        objectTests = List.copyOf(objectTests);
        patches = List.copyOf(patches);
    }

    /** Reads an Override; what is wrong goes to {@code errors}. */
    public static OverrideSpec read(String name, ObjectNode override, List<FieldError> errors) {
        FieldReader in = FieldReader.of(override, "spec", errors);
        OverrideSpec spec = new OverrideSpec(
                name,
                in.objects("clusterSelectors", LabelSelectors::read),
                in.objects("objectTests", ObjectTest::read),
                in.objects("patches", OverrideSpec::patch),
                in.number("priority", 0, Integer.MIN_VALUE));
        in.finish();
        return spec;
    }

    public boolean concerns(Selectable object) {
        return objectTests.stream().anyMatch(test -> test.matches(object));
    }

    public boolean concerns(Map<String, String> clusterLabels) {
        return clusterSelectors.stream().anyMatch(selector -> selector.matches(clusterLabels));
    }

    /** Whether labels of namespaces matter to its tests. */
    public boolean readsNamespaces() {
        return objectTests.stream().anyMatch(ObjectTest::readsNamespaces);
    }

    void apply(ObjectNode object) throws RenderException {
        for (int i = 0; i < patches.size(); i++) {
            patches.get(i).apply(object, "override " + name + ": spec.patches[" + i + "]");
        }
    }

    @Override
    public int compareTo(OverrideSpec other) {
        int byPriority = Integer.compare(priority, other.priority);
        return byPriority != 0 ? byPriority : name.compareTo(other.name);
    }

    private static @Nullable Patch patch(FieldReader in) {
        in.requiredText("type");
        Type type = in.choice("type", Type.class, Type.merge);
        JsonNode patch = in.raw("patch");
        if (type == Type.merge && patch instanceof ObjectNode object) {
            return new Patch.Merge(object);
        }
        if (type == Type.json && patch instanceof ArrayNode operations) {
            for (int i = 0; i < operations.size(); i++) {
                checkOperation(in, "patch[" + i + "]", operations.get(i));
            }
            return new Patch.Json(operations);
        }
        String wanted = type == Type.merge ? "an object" : "a list of operations";
        in.error("patch", patch == null ? Code.REQUIRED : Code.INVALID, "must be " + wanted);
        return null;
    }

    /** Kinds of patches, by the names that users write. */
    private enum Type {
        merge,
        json
    }

    private static void checkOperation(FieldReader in, String field, JsonNode operation) {
        if (!JsonPatchOperation.OPERATIONS.contains(operation.path("op").asString(""))) {
            in.error(field + ".op", Code.NOT_SUPPORTED, "must be an operation of JSON Patch");
        }
        if (!operation.path("path").asString("").startsWith("/")) {
            in.error(field + ".path", Code.INVALID, "must start with \"/\"");
        }
    }
}
