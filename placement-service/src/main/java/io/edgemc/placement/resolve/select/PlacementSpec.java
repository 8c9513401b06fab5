package io.edgemc.placement.resolve.select;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.placement.resolve.select.FieldError.Code;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The spec of an EdgePlacement (the domain rules, §3).
 *
 * @param locationSelectors a cluster is selected if any matches; none selects none
 * @param maxClusters at most that many of them, 0 for no limit
 * @param spread label over whose values the choice of maxClusters is spread, null for none
 */
public record PlacementSpec(
        List<LabelSelector> locationSelectors,
        List<Toleration> tolerations,
        int maxClusters,
        @Nullable String spread,
        List<DownsyncClause> downsync,
        List<UpsyncSet> upsync,
        int priority,
        ConflictPolicy conflictPolicy,
        DeletionPolicy deletionPolicy,
        EdgePolicies edgePolicies) {
    public PlacementSpec {
        locationSelectors = List.copyOf(locationSelectors);
        tolerations = List.copyOf(tolerations);
        downsync = List.copyOf(downsync);
        upsync = List.copyOf(upsync);
    }

    /** Reads an EdgePlacement; what is wrong goes to {@code errors} and is left out of the result. */
    public static PlacementSpec read(ObjectNode placement, List<FieldError> errors) {
        FieldReader in = FieldReader.of(placement, "spec", errors);
        int maxClusters = in.number("maxClusters", 0, 1);
        String spread = in.object("spread", reader -> {
            String label = reader.requiredText("label");
            if (!label.isEmpty()) {
                LabelSelectors.checkKey(reader, "label", label);
            }
            return label;
        });
        if (spread != null && maxClusters == 0) {
            in.error("spread", Code.INVALID, "needs maxClusters");
        }
        notYet(in, "rollout");
        notYet(in, "deletionBudget");
        Modulation whole = new Modulation(
                false, in.flag("wantSingletonReportedState"), in.flag("wantMultiClusterReportedState"), Set.of());
        List<DownsyncClause> clauses = new ArrayList<>();
        for (DownsyncClause clause : in.objects("downsync", DownsyncClause::read)) {
            clauses.add(new DownsyncClause(clause.test(), clause.modulation().and(whole)));
        }
        PlacementSpec spec = new PlacementSpec(
                in.objects("locationSelectors", LabelSelectors::read),
                in.objects("tolerations", Toleration::read),
                maxClusters,
                spread,
                clauses,
                in.objects("upsync", UpsyncSet::read),
                in.number("priority", 0, Integer.MIN_VALUE),
                in.choice("conflictPolicy", ConflictPolicy.class, ConflictPolicy.latest),
                in.choice("deletionPolicy", DeletionPolicy.class, DeletionPolicy.Delete),
                EdgePolicies.read(in));
        in.finish();
        return spec;
    }

    /** Whether labels match and every taint is tolerated. */
    public boolean maySelect(Map<String, String> labels, List<Taint> taints, boolean selectedAlready) {
        return LabelSelector.anyMatches(locationSelectors, labels) && tolerated(taints, selectedAlready);
    }

    /** How a selected object is to be treated, or null if no clause selects it. */
    public @Nullable Modulation select(Selectable object) {
        Modulation sum = null;
        for (DownsyncClause clause : downsync) {
            if (clause.test().matches(object)) {
                sum = sum == null ? clause.modulation() : sum.and(clause.modulation());
            }
        }
        return sum;
    }

    /** The resources that its tests can match; null for all of them. */
    public @Nullable Set<String> resources() {
        Set<String> resources = new LinkedHashSet<>();
        for (DownsyncClause clause : downsync) {
            if (clause.test().anyResource()) {
                return null;
            }
            resources.addAll(clause.test().resources());
        }
        return resources;
    }

    public boolean readsNamespaces() {
        return downsync.stream().anyMatch(clause -> clause.test().readsNamespaces());
    }

    private boolean tolerated(List<Taint> taints, boolean selectedAlready) {
        for (Taint taint : taints) {
            boolean counts = taint.effect() == Taint.Effect.NoExecute || !selectedAlready;
            if (counts && tolerations.stream().noneMatch(toleration -> toleration.tolerates(taint))) {
                return false;
            }
        }
        return true;
    }

    private static void notYet(FieldReader in, String field) {
        if (in.has(field)) {
            in.error(field, Code.NOT_SUPPORTED, "is not supported yet");
        }
    }
}
