package io.edgemc.placement.resolve.customize;

import io.edgemc.placement.resolve.jsonpath.JsonPath;
import io.edgemc.placement.resolve.jsonpath.JsonPathException;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.select.FieldError.Code;
import io.edgemc.placement.resolve.select.FieldReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Customizer: replacements in order.
 *
 * @param expandParameters whether paths and values are expanded for the cluster first
 */
public record CustomizerSpec(boolean expandParameters, List<Replacement> replacements) {
    private static final int MAX_REPLACEMENTS = 256;

    public CustomizerSpec {
        replacements = List.copyOf(replacements);
    }

    /**
     * @param path JSONPath text
     * @param value JSON text
     * @param compiled the path, null if it is expanded for each cluster first
     * @param constant the value, null if it is expanded for each cluster first
     */
    public record Replacement(
            String path,
            String value,
            @Nullable JsonPath compiled,
            @Nullable JsonNode constant) {}

    /** Reads a Customizer; what is wrong goes to {@code errors}. */
    public static CustomizerSpec read(ObjectNode customizer, List<FieldError> errors) {
        boolean expand = Customization.flag(customizer, Customization.EXPAND_PARAMETERS);
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        holder.set("customizer", body(customizer));
        FieldReader in = FieldReader.of(holder, "customizer", errors);
        List<Replacement> replacements = in.objects("replacements", reader -> replacement(reader, expand));
        in.finish();
        if (replacements.size() > MAX_REPLACEMENTS) {
            in.error("replacements", Code.INVALID, "more than " + MAX_REPLACEMENTS + " replacements");
        }
        return new CustomizerSpec(expand, replacements);
    }

    void apply(ObjectNode object, Parameters parameters) throws RenderException {
        for (int i = 0; i < replacements.size(); i++) {
            Replacement replacement = replacements.get(i);
            String field = "customizer.replacements[" + i + "]";
            try {
                path(replacement, field, parameters).set(object, value(replacement, field, parameters));
            } catch (JsonPathException e) {
                throw new RenderException(field + ".path", String.valueOf(e.getMessage()));
            }
        }
    }

    private static JsonPath path(Replacement replacement, String field, Parameters parameters)
            throws RenderException, JsonPathException {
        return replacement.compiled() != null
                ? replacement.compiled()
                : JsonPath.parse(ParameterExpansion.expand(replacement.path(), field + ".path", parameters));
    }

    private static JsonNode value(Replacement replacement, String field, Parameters parameters) throws RenderException {
        if (replacement.constant() != null) {
            return replacement.constant();
        }
        String text = ParameterExpansion.expandJson(replacement.value(), field + ".value", parameters);
        return JsonTexts.parse(text, field + ".value", "the value");
    }

    private static @Nullable Replacement replacement(FieldReader in, boolean expand) {
        String path = in.requiredText("path");
        String value = in.requiredText("value");
        if (path.isEmpty() || value.isEmpty()) {
            return null;
        }
        if (expand && (path.indexOf('%') >= 0 || value.indexOf('%') >= 0)) {
            return new Replacement(path, value, null, null);
        }
        JsonPath compiled = null;
        JsonNode constant = null;
        try {
            compiled = JsonPath.parse(path);
        } catch (JsonPathException e) {
            in.error("path", Code.INVALID, "not a JSONPath: " + e.getMessage());
        }
        try {
            constant = JsonTexts.parse(value, "value", "the value");
        } catch (RenderException e) {
            in.error("value", Code.INVALID, e.reason());
        }
        return compiled == null || constant == null
                ? null
                : new Replacement(path, value, compiled, Objects.requireNonNull(constant));
    }

    /** The list stands at the top of the object, as it did in the original design; {@code spec.replacements} is accepted too. */
    private static ObjectNode body(ObjectNode customizer) {
        if (customizer.get("spec") instanceof ObjectNode spec) {
            return spec;
        }
        ObjectNode rest = customizer.deepCopy();
        rest.remove(List.of("apiVersion", "kind", "metadata", "status"));
        return rest;
    }
}
