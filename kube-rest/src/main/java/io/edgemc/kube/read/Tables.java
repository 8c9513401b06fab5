package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.read.columns.CellReader;
import io.edgemc.kube.read.columns.Row;
import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code meta.k8s.io/v1 Table}: what {@code kubectl get} prints. */
public final class Tables extends ListForm {
    private final WireForm wire;
    private final RowTrees rows;
    private final List<Cell> cells;
    private final String included;
    private final String version;
    private final Clock clock;

    private Tables(Target target, List<Cell> cells, String included, String version, Clock clock) {
        super("Table", "meta.k8s.io/" + version, "rows", ",\"columnDefinitions\":" + definitions(cells));
        this.wire = new WireForm(target);
        this.rows = new RowTrees(target, wire);
        this.cells = cells;
        this.included = included;
        this.version = version;
        this.clock = clock;
    }

    /** {@code included}: parameter {@code includeObject}, empty for the default; {@code version} of {@code meta.k8s.io}. */
    public static Tables of(Target target, String included, String version, Clock clock) {
        if (!List.of("", "None", "Metadata", "Object").contains(included)) {
            throw ApiError.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: \""
                    + included + "\": must be 'Metadata', 'Object', 'None', or empty");
        }
        return new Tables(target, Cells.of(target), included, version, clock);
    }

    /** A table with one row. */
    public String single(StoredObject object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            open(out, object.resourceVersion(), "", -1);
            item(out, object);
            close(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    void item(OutputStream out, StoredObject object) throws IOException {
        Row row = new Row(rows.tree(object), clock.instant());
        ArrayNode values = JsonNodeFactory.instance.arrayNode(cells.size());
        for (Cell cell : cells) {
            values.add(cell.read().value(row));
        }
        out.write(("{\"cells\":" + values + ",\"object\":").getBytes(StandardCharsets.UTF_8));
        switch (included) {
            case "None" -> out.write("null".getBytes(StandardCharsets.US_ASCII));
            case "Object" -> wire.write(object, out);
            default -> PartialObjects.write(wire, object, version, out);
        }
        out.write('}');
    }

    private static String definitions(List<Cell> cells) {
        List<String> all = new ArrayList<>();
        for (Cell cell : cells) {
            PrinterColumn column = cell.column();
            ObjectNode definition = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", "")
                    .put("priority", column.priority());
            all.add(definition.toString());
        }
        return "[" + String.join(",", all) + "]";
    }

    /** A column and how its cells are had. */
    record Cell(PrinterColumn column, CellReader read) {}
}
