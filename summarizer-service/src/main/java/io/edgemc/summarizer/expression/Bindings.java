package io.edgemc.summarizer.expression;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The variables of one row (the domain rules, §12).
 *
 * @param cluster {@code uid}, {@code name}, {@code labels}, {@code properties} of the cluster
 * @param returned the reported object, null where the row is not about one
 * @param item the element of an exploded list, null without explode
 */
public record Bindings(
        JsonNode cluster,
        @Nullable JsonNode returned,
        @Nullable JsonNode item) {
    /** The names by which expressions call them. */
    public static final Set<String> NAMES = Set.of("cluster", "returned", "item");

    /** The same row for one element of a list. */
    public Bindings withItem(JsonNode element) {
        return new Bindings(cluster, returned, element);
    }

    /** The variable of a name, null where the row has none; throws {@link IllegalArgumentException} for an unknown name. */
    public @Nullable JsonNode get(String name) {
        return switch (name) {
            case "cluster" -> cluster;
            case "returned" -> returned;
            case "item" -> item;
            default -> throw new IllegalArgumentException("no variable is called " + name);
        };
    }
}
