package io.edgemc.summarizer.rest;

import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.definition.CombinedField;
import io.edgemc.summarizer.definition.GroupColumn;
import io.edgemc.summarizer.definition.SummaryDefinition;
import java.util.Comparator;
import java.util.List;

/** The summaries that can be asked for. */
final class Catalogue {
    private final List<SummaryDefinition> definitions;

    Catalogue(DefinitionSet definitions) {
        this.definitions = definitions.definitions().stream()
                .sorted(Comparator.comparing(SummaryDefinition::name))
                .toList();
    }

    /**
     * A summary as it is listed.
     *
     * @param groupBy columns that rows can be filtered by
     * @param fields columns of values
     */
    record Entry(String name, List<String> groupBy, List<String> fields) {}

    List<Entry> entries() {
        return definitions.stream().map(Catalogue::entry).toList();
    }

    /** The definition of a name; throws a problem if there is none. */
    SummaryDefinition require(String name) {
        return definitions.stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.noSuchSummary(name));
    }

    private static Entry entry(SummaryDefinition definition) {
        return new Entry(
                definition.name(),
                definition.groupBy().stream().map(GroupColumn::name).toList(),
                definition.combinedFields().stream().map(CombinedField::name).toList());
    }
}
