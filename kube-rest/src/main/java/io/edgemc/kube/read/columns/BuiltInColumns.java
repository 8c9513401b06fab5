package io.edgemc.kube.read.columns;

import io.edgemc.kube.store.KindRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How cells of built-in kinds are had, as Kubernetes' printers make them from what is stored: from data ({@link ColumnData})
 * where a cell is a field, from code by area where it is computed. Names, types and priorities of columns are facts
 * ({@code kubernetes-1.36.json}).
 */
public final class BuiltInColumns {
    private static final Map<String, CellReader> READERS = readers();

    private BuiltInColumns() {}

    /** Null for a column that nobody knows. */
    public static @Nullable CellReader of(KindRef kind, String column) {
        return READERS.get(kind + "/" + column);
    }

    private static Map<String, CellReader> readers() {
        Registry registry = new Registry(new HashMap<>());
        ColumnData.addTo(registry);
        CoreColumns.addTo(registry);
        PodColumns.addTo(registry);
        WorkloadColumns.addTo(registry);
        AutoscalingColumns.addTo(registry);
        NetworkColumns.addTo(registry);
        EventColumns.addTo(registry);
        StorageColumns.addTo(registry);
        AdministrationColumns.addTo(registry);
        return Map.copyOf(registry.readers());
    }

    /** Readers by {@code plural.group/Column}. A column has one reader. */
    record Registry(Map<String, CellReader> readers) {
        void add(String column, CellReader reader) {
            if (readers.put(column, reader) != null) {
                throw new IllegalStateException("two readers for " + column);
            }
        }

        void text(String column, Function<JsonNode, String> reader) {
            add(column, row -> JsonNodeFactory.instance.stringNode(reader.apply(row.object())));
        }

        void number(String column, ToLongFunction<JsonNode> reader) {
            add(column, row -> JsonNodeFactory.instance.numberNode(reader.applyAsLong(row.object())));
        }
    }
}
