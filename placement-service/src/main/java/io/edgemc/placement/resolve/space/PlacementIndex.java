package io.edgemc.placement.resolve.space;

import io.edgemc.placement.resolve.journal.Journal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds the placements of a space whose tests can match a resource, so that a change of an object asks only those. */
final class PlacementIndex {
    private static final String EVERY = "*";

    private final Map<Space, Map<String, Set<PlacementState>>> index = new HashMap<>();
    private final Journal journal;

    PlacementIndex(Journal journal) {
        this.journal = journal;
    }

    Set<PlacementState> of(Space space, String resource) {
        Map<String, Set<PlacementState>> byResource = index.getOrDefault(space, Map.of());
        Set<PlacementState> found = new LinkedHashSet<>(byResource.getOrDefault(resource, Set.of()));
        found.addAll(byResource.getOrDefault(EVERY, Set.of()));
        return found;
    }

    void add(Space space, PlacementState placement) {
        Map<String, Set<PlacementState>> byResource = index.computeIfAbsent(space, any -> new HashMap<>());
        for (String resource : resources(placement)) {
            journal.add(byResource.computeIfAbsent(resource, any -> new LinkedHashSet<>()), placement);
        }
    }

    void remove(Space space, PlacementState placement) {
        Map<String, Set<PlacementState>> byResource = index.getOrDefault(space, Map.of());
        for (String resource : resources(placement)) {
            Set<PlacementState> holders = byResource.get(resource);
            if (holders != null) {
                journal.remove(holders, placement);
            }
        }
    }

    private static Set<String> resources(PlacementState placement) {
        Set<String> resources = placement.spec().resources();
        return resources == null ? Set.of(EVERY) : resources;
    }
}
