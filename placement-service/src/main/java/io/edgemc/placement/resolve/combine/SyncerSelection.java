package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.LabelSelector;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.select.EdgePolicies;
import io.edgemc.placement.resolve.select.UpsyncSet;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.Spaces;
import io.edgemc.placement.resolve.travel.TravelRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one entry of a manifest that is for the syncer itself: what to bring up, and how to treat what it finds at the edge. */
final class SyncerSelection {
    static final ObjectKey KEY = new ObjectKey(TravelRules.OWN_GROUP, "syncerconfigs", "", "the-syncer");

    private final Spaces spaces;
    private final Contents contents;
    private final Decider decider;

    SyncerSelection(Spaces spaces, Contents contents, Decider decider) {
        this.spaces = spaces;
        this.contents = contents;
        this.decider = decider;
    }

    Outcome of(Cohort cohort) {
        Set<UpsyncSet> union = new LinkedHashSet<>();
        EdgePolicies policies = null;
        List<PlacementId> wanting = new ArrayList<>();
        for (PlacementId id : cohort.placements()) {
            PlacementState placement = spaces.placement(id);
            if (placement == null) {
                continue;
            }
            EdgePolicies own = placement.spec().edgePolicies();
            policies = policies == null ? own : policies.and(own);
            union.addAll(placement.spec().upsync());
            if (!placement.spec().upsync().isEmpty() || !own.equals(EdgePolicies.DEFAULT)) {
                wanting.add(id);
            }
        }
        if (policies == null || (union.isEmpty() && policies.equals(EdgePolicies.DEFAULT))) {
            return new Outcome.Absent(false);
        }
        Digest content = contents.write(contents.object(config(union, policies), false));
        return new Outcome.Fixed(ManifestEntry.apply(KEY, content, Set.of(), decider.plain("select", wanting)), null);
    }

    private static ObjectNode config(Set<UpsyncSet> union, EdgePolicies policies) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", TravelRules.OWN_GROUP + "/v1alpha1")
                .put("kind", "SyncerConfig");
        config.putObject("metadata").put("name", KEY.name());
        ObjectNode spec = config.putObject("spec")
                .put("adoptionPolicy", policies.adoption().name())
                .put("driftPolicy", policies.drift().name());
        ArrayNode upsync = spec.putArray("upsync");
        // Sorted by their text, so that the order of placements does not show.
        TreeMap<String, ObjectNode> sorted = new TreeMap<>();
        union.forEach(set -> {
            ObjectNode json = json(set);
            sorted.put(json.toString(), json);
        });
        sorted.values().forEach(upsync::add);
        return config;
    }

    private static ObjectNode json(UpsyncSet set) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("apiGroup", set.apiGroup());
        json.set("resources", ApiJson.MAPPER.valueToTree(set.resources()));
        json.set("namespaces", ApiJson.MAPPER.valueToTree(set.namespaces()));
        json.set("names", ApiJson.MAPPER.valueToTree(set.names()));
        if (!set.labelSelector().isEmpty()) {
            ArrayNode expressions = json.putObject("labelSelector").putArray("matchExpressions");
            for (LabelSelector.Requirement requirement : set.labelSelector().requirements()) {
                ObjectNode expression = expressions
                        .addObject()
                        .put("key", requirement.key())
                        .put("operator", requirement.operator().name());
                if (!requirement.values().isEmpty()) {
                    expression.set("values", ApiJson.MAPPER.valueToTree(requirement.values()));
                }
            }
        }
        return json;
    }
}
