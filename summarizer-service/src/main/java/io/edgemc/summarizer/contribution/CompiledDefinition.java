package io.edgemc.summarizer.contribution;

import io.edgemc.summarizer.definition.AggregateType;
import io.edgemc.summarizer.definition.CombinedField;
import io.edgemc.summarizer.definition.GroupColumn;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.expression.Bindings;
import io.edgemc.summarizer.expression.Expression;
import io.edgemc.summarizer.expression.ExpressionCompiler;
import io.edgemc.summarizer.expression.ExpressionFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A definition whose expressions are compiled. Thread-safe. */
final class CompiledDefinition {
    private final SummaryDefinition definition;
    private final String version;
    private final @Nullable Expression explode;
    private final @Nullable Expression filter;
    private final Map<String, Expression> groupBy = new LinkedHashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, AggregateType> columns;

    CompiledDefinition(SummaryDefinition definition, ExpressionCompiler compiler) {
        this.definition = definition;
        this.version = definition.version();
        this.explode = compile(definition.explode(), compiler);
        this.filter = compile(definition.filter(), compiler);
        for (GroupColumn column : definition.groupBy()) {
            groupBy.put(column.name(), compiler.compile(column.def()));
        }
        Map<String, AggregateType> types = new LinkedHashMap<>();
        for (CombinedField field : definition.combinedFields()) {
            fields.add(new Field(field.name(), field.type(), compile(field.subject(), compiler)));
            types.put(field.name(), field.type());
        }
        columns = Collections.unmodifiableMap(types);
    }

    SummaryDefinition definition() {
        return definition;
    }

    String version() {
        return version;
    }

    /** The combined columns and their types, in their order. */
    Map<String, AggregateType> columns() {
        return columns;
    }

    /** Adds the rows that a thing makes; a row whose expression fails is left out and told. */
    void addRows(Bindings thing, ContributionBuilder into, FailureListener failures) {
        if (explode == null) {
            addRow(thing, into, failures);
            return;
        }
        JsonNode list = explode.evaluate(thing);
        if (list == null || !list.isArray()) {
            return;
        }
        for (JsonNode item : list) {
            addRow(thing.withItem(item), into, failures);
        }
    }

    private void addRow(Bindings row, ContributionBuilder into, FailureListener failures) {
        String column = "filter";
        try {
            if (filter != null && !holds(filter.evaluate(row))) {
                return;
            }
            Map<String, String> group = new LinkedHashMap<>();
            for (Map.Entry<String, Expression> by : groupBy.entrySet()) {
                column = by.getKey();
                group.put(column, text(by.getValue().evaluate(row)));
            }
            List<@Nullable JsonNode> values = new ArrayList<>(fields.size());
            for (Field field : fields) {
                column = field.name;
                values.add(field.value(row));
            }
            add(new Group(group), values, into);
        } catch (ExpressionFailure failure) {
            failures.rowLeftOut(definition.name(), column, failure);
        }
    }

    private void add(Group group, List<@Nullable JsonNode> values, ContributionBuilder into) {
        ContributionBuilder.Counts counts =
                into.slot(new Slot(definition.name(), definition.generation(), version, group));
        counts.addRow();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            JsonNode value = values.get(i);
            if (value != null || field.subject == null) {
                counts.add(field.name, field.type, value);
            }
        }
    }

    private static boolean holds(@Nullable JsonNode value) {
        return value != null && !(value.isBoolean() && !value.booleanValue());
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        return value.isString() ? value.stringValue() : ValueText.canonical(value);
    }

    private static @Nullable Expression compile(@Nullable String text, ExpressionCompiler compiler) {
        return text == null ? null : compiler.compile(text);
    }

    private record Field(
            String name, AggregateType type, @Nullable Expression subject) {
        @Nullable
        JsonNode value(Bindings row) {
            JsonNode value = subject == null ? null : subject.evaluate(row);
            if (value != null && type.isNumeric()) {
                ValueText.requireNumber(value);
            }
            return value;
        }
    }
}
