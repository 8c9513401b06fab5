package io.edgemc.syncer.config;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.GroupResource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the hub tells the syncer about itself. It travels as one entry of the target, which is read and not applied.
 *
 * @param upsync what to bring back that was born at the edge
 */
public record SyncerConfig(List<UpsyncSet> upsync, DriftPolicy driftPolicy, AdoptionPolicy adoptionPolicy) {
    /** The entry that carries it. */
    public static final ObjectKey KEY = new ObjectKey("edge-mc.io", "syncerconfigs", "", "the-syncer");

    public static final SyncerConfig DEFAULT = new SyncerConfig(List.of(), DriftPolicy.CORRECT, AdoptionPolicy.IF_SAME);

    public SyncerConfig {
        upsync = List.copyOf(upsync);
    }

    /** Reads {@code spec}; throws {@link IllegalArgumentException} if a selector does not parse. */
    public static SyncerConfig parse(JsonNode object) {
        JsonNode spec = object.path("spec");
        List<UpsyncSet> sets = new ArrayList<>();
        for (JsonNode set : spec.path("upsync")) {
            sets.add(UpsyncSet.parse(set));
        }
        return new SyncerConfig(
                sets,
                DriftPolicy.parse(spec.path("driftPolicy").asString("")),
                AdoptionPolicy.parse(spec.path("adoptionPolicy").asString("")));
    }

    /** Whether objects of this kind may be brought back. */
    public boolean upsyncs(GroupResource kind) {
        return upsync.stream().anyMatch(set -> set.covers(kind));
    }

    /** Whether this object may be, by its key alone. */
    public boolean mayUpsync(GroupResource kind, String namespace, String name) {
        return upsync.stream().anyMatch(set -> set.covers(kind) && set.covers(namespace, name));
    }

    public boolean upsyncs(GroupResource kind, String namespace, String name, JsonNode labels) {
        return upsync.stream().anyMatch(set -> set.covers(kind) && set.selects(namespace, name, labels));
    }
}
