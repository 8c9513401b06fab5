package io.edgemc.placement.resolve.combine;

import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult;
import io.edgemc.placement.resolve.customize.Recipe;
import io.edgemc.placement.resolve.space.SpaceObject;
import java.util.Comparator;
import java.util.List;

/**
 * One of the spaces that send an object to a cluster.
 *
 * @param placements those of the space that want it, in order; never empty
 * @param priority the highest of these placements
 */
record Source(SpaceObject object, Recipe recipe, List<PlacementId> placements, int priority) {
    /** Later revision wins; the name decides between equals, so that the outcome never depends on an order of arrival. */
    static final Comparator<Source> LATEST = Comparator.comparingLong(
                    (Source source) -> source.object().revision())
            .thenComparing(Source::space);

    static final Comparator<Source> HIGHEST =
            Comparator.comparingInt(Source::priority).thenComparing(LATEST);

    String space() {
        return object.space();
    }

    PlacementResult.Source view() {
        return new PlacementResult.Source(space(), object.revision(), placements);
    }
}
