package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.journal.Journal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which placements, of all spaces, want a key. */
final class Wanted {
    private final Map<ObjectKey, Map<PlacementId, PlacementState>> byKey = new HashMap<>();

    Map<PlacementId, PlacementState> by(ObjectKey key) {
        return byKey.getOrDefault(key, Map.of());
    }

    /** Brings the index in line with what the placement wants of a key. */
    void update(ObjectKey key, PlacementState placement, Journal journal) {
        Map<PlacementId, PlacementState> wanting = byKey.get(key);
        if (placement.wants(key)) {
            if (wanting == null) {
                wanting = new TreeMap<>();
                journal.put(byKey, key, wanting);
            }
            journal.put(wanting, placement.id(), placement);
        } else if (wanting != null) {
            journal.remove(wanting, placement.id());
            if (wanting.isEmpty()) {
                journal.remove(byKey, key);
            }
        }
    }
}
