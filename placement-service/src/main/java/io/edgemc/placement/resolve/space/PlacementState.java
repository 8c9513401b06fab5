package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.select.FieldError;
import io.edgemc.placement.resolve.select.Modulation;
import io.edgemc.placement.resolve.select.PlacementSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A placement and what it selects at the moment. Only through the journal is any of it changed. */
public final class PlacementState {
    private final PlacementId id;
    private Version version;
    /** Objects that a clause selects. */
    final Map<ObjectKey, Direct> direct = new HashMap<>();
    /** Objects that come along with those, and with how many of them. */
    final Map<ObjectKey, Integer> companions = new HashMap<>();
    /** Clusters that match, whatever maxClusters says. */
    private final Set<String> eligible = new HashSet<>();
    /** Clusters that are selected. */
    private final Set<String> clusters = new HashSet<>();

    PlacementState(PlacementId id, Version version) {
        this.id = id;
        this.version = version;
    }

    /** A version of the placement's spec. */
    record Version(long generation, PlacementSpec spec, List<FieldError> errors) {}

    /**
     * @param companions the CRD and the namespace that come along
     */
    record Direct(Modulation modulation, List<ObjectKey> companions) {}

    public PlacementId id() {
        return id;
    }

    public PlacementSpec spec() {
        return version.spec();
    }

    public long generation() {
        return version.generation();
    }

    public List<FieldError> errors() {
        return version.errors();
    }

    Version version() {
        return version;
    }

    void version(Version next) {
        version = next;
    }

    public Set<String> eligible() {
        return eligible;
    }

    public Set<String> clusters() {
        return clusters;
    }

    /** How many objects its clauses select; what comes along does not count. */
    public int directCount() {
        return direct.size();
    }

    boolean wants(ObjectKey key) {
        return direct.containsKey(key) || companions.containsKey(key);
    }

    /** How an object is treated that this placement wants. */
    public Modulation modulation(ObjectKey key) {
        Direct selected = direct.get(key);
        return selected == null ? Modulation.NONE : selected.modulation();
    }

    /** Whether a clause selects the object itself. */
    public boolean selects(ObjectKey key) {
        return direct.containsKey(key);
    }

    /** Every key that it wants, companions included. */
    public Set<ObjectKey> wanted() {
        Set<ObjectKey> all = new HashSet<>(direct.keySet());
        all.addAll(companions.keySet());
        return all;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
