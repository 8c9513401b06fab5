package io.edgemc.kube.read;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.read.Tables.Cell;
import io.edgemc.kube.read.columns.Ages;
import io.edgemc.kube.read.columns.BuiltInColumns;
import io.edgemc.kube.read.columns.CellReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** Chooses columns and readers for a kind: a CRD's printer columns, known columns of built-in kinds, else name and age. */
final class Cells {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final CellReader NAME = row -> row.object().path("metadata").path("name");
    private static final CellReader AGE = row -> JSON.stringNode(
            Ages.since(row.object().path("metadata").path("creationTimestamp").asString(""), row.now()));

    private Cells() {}

    static List<Cell> of(Target target) {
        List<Cell> cells = new ArrayList<>();
        for (PrinterColumn column : target.served().columns()) {
            CellReader reader = reader(target, column);
            if (reader == null) {
                // A column that cannot be filled would make the table lie.
                return nameAndAge();
            }
            cells.add(new Cell(column, reader));
        }
        return cells.isEmpty() ? nameAndAge() : List.copyOf(cells);
    }

    private static List<Cell> nameAndAge() {
        return List.of(
                new Cell(new PrinterColumn("Name", "string", "name", 0, ""), NAME),
                new Cell(new PrinterColumn("Age", "string", "", 0, ""), AGE));
    }

    private static @Nullable CellReader reader(Target target, PrinterColumn column) {
        if (!column.jsonPath().isEmpty()) {
            return byPath(column);
        }
        CellReader special = BuiltInColumns.of(target.kind().ref(), column.name());
        if (special != null) {
            return special;
        }
        return switch (column.name()) {
            case "Name" -> NAME;
            case "Age" -> AGE;
            default -> null;
        };
    }

    private static CellReader byPath(PrinterColumn column) {
        ColumnPath path = ColumnPath.parse(column.jsonPath());
        return row -> {
            List<JsonNode> values = path.values(row.object());
            if (values.isEmpty()) {
                return column.type().equals("date") ? JSON.stringNode("<unknown>") : NullNode.getInstance();
            }
            JsonNode value = values.getFirst();
            if (value.isNull()) {
                return column.type().equals("string") ? JSON.stringNode("<no value>") : NullNode.getInstance();
            }
            return switch (column.type()) {
                case "date" -> JSON.stringNode(Ages.since(value.asString(""), row.now()));
                case "integer", "number", "boolean" -> value.isContainer() ? NullNode.getInstance() : value;
                default ->
                    JSON.stringNode(
                            values.size() == 1
                                    ? plain(value)
                                    : String.join(
                                            ",",
                                            values.stream().map(Cells::plain).toList()));
            };
        };
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
