package io.edgemc.placement.resolve.combine;

import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult.Source;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sources that differ on an object, and what was decided.
 *
 * @param winner null if nobody won: refuse and merge
 */
record Contest(String rule, @Nullable Source winner, List<Source> losers) {
    Contest {
        losers = List.copyOf(losers);
    }

    boolean concerns(PlacementId placement) {
        return Stream.concat(Stream.ofNullable(winner), losers.stream())
                .anyMatch(source -> source.placements().contains(placement));
    }

    /** Whether the object at a cluster is, or holds something of, the one of this space. */
    boolean holds(String space) {
        return winner == null ? rule.equals("merge") : winner.space().equals(space);
    }
}
