package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.PlacementId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a batch has touched so far and what has to be worked out again because of it. The first cause counts. */
public final class Dirty {
    /** Keys, with the placements that may now want something else of them. */
    public final Map<ObjectKey, Map<PlacementId, Cause>> keys = new LinkedHashMap<>();
    /** Placements whose choice of clusters has to be made again. */
    public final Map<PlacementId, Cause> where = new LinkedHashMap<>();
    /** Placements whose upsync has changed. */
    public final Map<PlacementId, Cause> upsync = new LinkedHashMap<>();
    /** Placements whose result may have changed. */
    public final Set<PlacementId> touched = new LinkedHashSet<>();
    /** Placements that are gone, with the clusters that they selected. */
    public final Map<PlacementId, Set<String>> gone = new LinkedHashMap<>();
    /** For the log. */
    public final List<String> warnings = new ArrayList<>();

    public void key(ObjectKey key, PlacementId placement, Cause cause) {
        keys.computeIfAbsent(key, any -> new LinkedHashMap<>()).putIfAbsent(placement, cause);
        touched.add(placement);
    }
}
