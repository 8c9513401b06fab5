package io.edgemc.kube.read.columns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Columns whose cells are fields: {@code built-in-columns.txt}, which tells its own format. */
final class ColumnData {
    private static final String RESOURCE = "built-in-columns.txt";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ColumnData() {}

    static void addTo(BuiltInColumns.Registry registry) {
        for (String line : lines().split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" *\\| *", -1);
                CellReader reader = reader(parts[2], parts[3].strip(), parts.length > 4 ? parts[4].strip() : "");
                for (String kind : parts[0].strip().split(" ")) {
                    registry.add(kind + "/" + parts[1], reader);
                }
            }
        }
    }

    private static CellReader reader(String form, String path, String absent) {
        return switch (form) {
            case "text" -> row -> JSON.stringNode(CellText.or(CellText.at(row.object(), path), absent));
            case "number" ->
                row -> {
                    JsonNode value = CellText.node(row.object(), path);
                    return value.isNumber()
                            ? value
                            : absent.isEmpty()
                                    ? JSON.numberNode(0)
                                    : absent.chars().allMatch(Character::isDigit)
                                            ? JSON.numberNode(Long.parseLong(absent))
                                            : JSON.stringNode(absent);
                };
            case "flag" ->
                row -> BooleanNode.valueOf(CellText.node(row.object(), path).asBoolean(Boolean.parseBoolean(absent)));
            case "size" ->
                row -> {
                    int size = 0;
                    for (String part : path.split(" ")) {
                        size += CellText.node(row.object(), part).size();
                    }
                    return JSON.numberNode(size);
                };
            case "list" ->
                text(object ->
                        CellText.or(CellText.joined(CellText.node(object, path), value -> value.asString("")), absent));
            case "labels" -> text(object -> CellText.labels(CellText.node(object, path)));
            case "selector" -> text(object -> CellText.selector(CellText.node(object, path)));
            case "names" ->
                text(object -> CellText.joined(
                        CellText.node(object, path), value -> value.path("name").asString("")));
            case "images" ->
                text(object -> CellText.joined(
                        CellText.node(object, path),
                        value -> value.path("image").asString("")));
            case "age" ->
                row -> {
                    String time = CellText.at(row.object(), path);
                    return JSON.stringNode(time.isEmpty() ? absent : Ages.since(time, row.now()));
                };
            default -> throw new IllegalStateException("no such form of a column: " + form);
        };
    }

    private static CellReader text(Function<JsonNode, String> reader) {
        return row -> JSON.stringNode(reader.apply(row.object()));
    }

    private static String lines() {
        try (InputStream in = ColumnData.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
