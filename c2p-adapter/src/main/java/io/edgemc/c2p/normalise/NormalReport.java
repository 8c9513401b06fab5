package io.edgemc.c2p.normalise;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report in its normal form.
 *
 * @param kind under which it is served
 * @param metadata without what belongs to the cluster's API server only
 * @param scope what the whole report is about, if it says so
 * @param results in their order; skipped ones are left out, or count as configured
 * @param placementMatters whether the policies placed on the cluster can change this form
 */
public record NormalReport(
        ReportKind kind,
        ObjectNode metadata,
        @Nullable ObjectNode scope,
        List<NormalResult> results,
        boolean placementMatters) {
    public NormalReport {
        results = List.copyOf(results);
    }

    public String namespace() {
        return metadata.path("namespace").asString("");
    }

    public String name() {
        return metadata.path("name").asString("");
    }

    /** How many (result, resource) pairs there are; a pair's index counts them in order. */
    public int subjects() {
        return results.stream().mapToInt(result -> result.resources().size()).sum();
    }

    /**
     * One of the reports that an object is served from.
     *
     * @param outdone indexes of the (result, resource) pairs of which a newer report says the same; they are left out
     */
    public record Part(NormalReport report, BitSet outdone) {}

    /** The object as served, from the reports of one name: the first gives metadata and scope, the others add results. */
    public static ObjectNode serve(List<Part> parts) {
        NormalReport first = parts.getFirst().report();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", ReportKind.GROUP + "/" + ReportKind.VERSION);
        object.put("kind", first.kind().kind());
        object.set("metadata", first.metadata().deepCopy());
        if (first.scope() != null) {
            object.set("scope", first.scope().deepCopy());
        }
        ArrayNode results = object.putArray("results");
        int[] summary = new int[Outcome.values().length];
        parts.forEach(part -> addResults(part, results, summary));
        ObjectNode totals = object.putObject("summary");
        for (Outcome outcome : Outcome.values()) {
            totals.put(outcome.text(), summary[outcome.ordinal()]);
        }
        return object;
    }

    private static void addResults(Part part, ArrayNode results, int[] summary) {
        int index = 0;
        for (NormalResult result : part.report().results()) {
            List<ObjectNode> resources = new ArrayList<>();
            for (ObjectNode resource : result.resources()) {
                if (!part.outdone().get(index++)) {
                    resources.add(resource.deepCopy());
                }
            }
            if (!resources.isEmpty()) {
                ObjectNode json = result.json().deepCopy();
                resources.forEach(json.putArray("resources")::add);
                results.add(json);
                summary[result.outcome().ordinal()]++;
            }
        }
    }
}
