package io.edgemc.summarizer.contribution;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.summarizer.definition.AggregateType;
import io.edgemc.summarizer.definition.RowSource;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.expression.Bindings;
import io.edgemc.summarizer.expression.ExpressionCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions that count now, compiled. Immutable and thread-safe. */
public final class DefinitionSet {
    private final List<CompiledDefinition> definitions;
    private final Map<String, CompiledDefinition> byName = new HashMap<>();
    private final FailureListener failures;
    private final String version;

    /** Throws {@link IllegalArgumentException} if a name occurs twice or an expression cannot be compiled. */
    public DefinitionSet(List<SummaryDefinition> definitions, ExpressionCompiler compiler, FailureListener failures) {
        this.definitions = definitions.stream()
                .map(definition -> new CompiledDefinition(definition, compiler))
                .toList();
        for (CompiledDefinition definition : this.definitions) {
            if (byName.put(definition.definition().name(), definition) != null) {
                throw new IllegalArgumentException(
                        "two summaries are called " + definition.definition().name());
            }
        }
        this.failures = failures;
        this.version = Digest.sha256(this.definitions.stream()
                        .map(CompiledDefinition::version)
                        .sorted()
                        .collect(Collectors.joining(",")))
                .hex();
    }

    /** A function of all definitions: what was computed under another version must be computed again. */
    public String version() {
        return version;
    }

    /** What a reported object contributes. */
    public Contributions ofObject(JsonNode cluster, ObjectKey key, ObjectNode object) {
        ContributionBuilder builder = new ContributionBuilder();
        for (CompiledDefinition definition : definitions) {
            if (definition.definition().rows() instanceof RowSource.ReportedObjects objects && objects.selects(key)) {
                definition.addRows(new Bindings(cluster, object, null), builder, failures);
            }
        }
        return builder.build();
    }

    /** What the placements of a cluster contribute; each as {@code {space, name, uid, state}}. */
    public Contributions ofPlacements(JsonNode cluster, List<? extends JsonNode> placements) {
        ContributionBuilder builder = new ContributionBuilder();
        for (CompiledDefinition definition : definitions) {
            if (definition.definition().rows() instanceof RowSource.PlacementStates) {
                for (JsonNode placement : placements) {
                    definition.addRows(new Bindings(cluster, null, placement), builder, failures);
                }
            }
        }
        return builder.build();
    }

    /** The definitions, in their order. */
    public List<SummaryDefinition> definitions() {
        return definitions.stream().map(CompiledDefinition::definition).toList();
    }

    /** The combined columns of an edition in their order; empty if it is not in this set. */
    public Map<String, AggregateType> columns(String summary, String editionVersion) {
        CompiledDefinition definition = byName.get(summary);
        return definition != null && definition.version().equals(editionVersion) ? definition.columns() : Map.of();
    }
}
