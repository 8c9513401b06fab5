package io.edgemc.c2p.view;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** The kinds of the compliance view. All of them are served even when there is no object: readers ask for each. */
final class ComplianceKinds {
    private static final PrinterColumn NAME = new PrinterColumn("Name", "string", "name", 0, ".metadata.name");
    private static final PrinterColumn AGE = new PrinterColumn("Age", "date", "", 0, ".metadata.creationTimestamp");

    private ComplianceKinds() {}

    static List<ServedKind> all() {
        List<ServedKind> kinds = new ArrayList<>();
        kinds.add(kind("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "policyreports", "polr", true, report()));
        kinds.add(kind(
                "wgpolicyk8s.io", "v1alpha2", "ClusterPolicyReport", "clusterpolicyreports", "cpolr", false, report()));
        kinds.add(kind("kyverno.io", "v1", "Policy", "policies", "pol", true, List.of()));
        kinds.add(kind("kyverno.io", "v1", "ClusterPolicy", "clusterpolicies", "cpol", false, List.of()));
        BuiltInKinds.all().stream().filter(kind -> kind.is("", "namespaces")).forEach(kinds::add);
        return kinds;
    }

    private static List<PrinterColumn> report() {
        List<PrinterColumn> columns = new ArrayList<>();
        columns.add(new PrinterColumn("Kind", "string", "", 0, ".scope.kind"));
        columns.add(new PrinterColumn("Scope", "string", "", 0, ".scope.name"));
        for (String outcome : List.of("Pass", "Fail", "Warn", "Error")) {
            columns.add(new PrinterColumn(
                    outcome, "integer", "", 0, ".summary." + outcome.toLowerCase(java.util.Locale.ROOT)));
        }
        return columns;
    }

    private static ServedKind kind(
            String group,
            String version,
            String kind,
            String plural,
            String shortName,
            boolean namespaced,
            List<PrinterColumn> between) {
        List<PrinterColumn> columns = new ArrayList<>();
        columns.add(NAME);
        columns.addAll(between);
        columns.add(AGE);
        return new ServedKind(
                new KindRef(group, plural),
                kind,
                kind.toLowerCase(java.util.Locale.ROOT),
                List.of(shortName),
                List.of(),
                namespaced,
                ServedKind.Origin.OWN,
                List.of(new ServedVersion(
                        version,
                        Schema.ANY,
                        JsonNodeFactory.instance.objectNode().put("type", "object"),
                        group + "." + version + "." + kind,
                        columns,
                        Map.of(),
                        Set.of())));
    }
}
