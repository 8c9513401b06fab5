package io.edgemc.summarizer.definition;

import io.edgemc.summarizer.definition.RowSource.PlacementStates;
import io.edgemc.summarizer.definition.RowSource.ReportedObjects;
import io.edgemc.summarizer.definition.RowSource.ResourceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The summaries that are always there (the domain rules, §12).
 *
 * <p>Results are counted as they are reported: an engine that writes its results both as {@code wgpolicyk8s.io} and as
 * {@code openreports.io} objects is counted in both. The view for Compliance-to-Policy is the one that takes twins together.
 */
public final class BuiltInDefinitions {
    private static final long GENERATION = 1;
    private static final List<String> OUTCOMES = List.of("pass", "fail", "warn", "error", "skip");
    private static final RowSource POLICY_REPORTS = new ReportedObjects(List.of(
            new ResourceKind("wgpolicyk8s.io", "policyreports"),
            new ResourceKind("wgpolicyk8s.io", "clusterpolicyreports"),
            new ResourceKind("openreports.io", "reports"),
            new ResourceKind("openreports.io", "clusterreports")));
    private static final GroupColumn POLICY = new GroupColumn("policy", "item.policy");
    private static final GroupColumn RULE = new GroupColumn("rule", "item.rule");
    private static final GroupColumn SEVERITY = new GroupColumn("severity", "item.severity ?? 'unspecified'");
    private static final GroupColumn CLUSTER = new GroupColumn("cluster", "cluster.name");

    /** The namespace of what was checked: of the report, of its scope, or of the first resource; empty if it has none. */
    private static final GroupColumn NAMESPACE = new GroupColumn(
            "namespace",
            "returned.metadata.namespace ?? item.resources[0].namespace ?? item.subjects[0].namespace"
                    + " ?? returned.scope.namespace");

    private BuiltInDefinitions() {}

    public static List<SummaryDefinition> all() {
        return List.of(
                placements(),
                results("policies", POLICY),
                results("policy-rules", POLICY, RULE),
                results("severities", SEVERITY),
                results("clusters", CLUSTER),
                results("namespaces", NAMESPACE));
    }

    /** Per placement, at how many clusters it is delivered, pending, failed or stale. */
    private static SummaryDefinition placements() {
        List<CombinedField> fields = new ArrayList<>();
        for (String state : List.of("delivered", "pending", "failed", "stale")) {
            fields.add(CombinedField.count(state, "item.state == '" + state + "'"));
        }
        fields.add(new CombinedField("clusters", AggregateType.COUNT, null));
        return new SummaryDefinition(
                "placements",
                GENERATION,
                new PlacementStates(),
                null,
                null,
                List.of(
                        new GroupColumn("space", "item.space"),
                        new GroupColumn("placement", "item.name"),
                        new GroupColumn("uid", "item.uid")),
                fields,
                0);
    }

    private static SummaryDefinition results(String name, GroupColumn... groupBy) {
        List<CombinedField> fields = new ArrayList<>();
        for (String outcome : OUTCOMES) {
            fields.add(CombinedField.count(outcome, "item.result == '" + outcome + "'"));
        }
        fields.add(new CombinedField("results", AggregateType.COUNT, null));
        fields.add(new CombinedField("clusters", AggregateType.COUNT_DISTINCT, "cluster.uid"));
        return new SummaryDefinition(
                name, GENERATION, POLICY_REPORTS, "returned.results", null, List.of(groupBy), fields, 0);
    }
}
