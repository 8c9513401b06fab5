package io.edgemc.placement.resolve.combine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a key is not simply what was wanted, at one cluster.
 *
 * @param failures sources that could not be rendered
 * @param contest sources that differ here after rendering
 * @param held whether the cluster keeps a former version; false with failures: it has none
 * @param holder space whose present version is the one that is kept, null if none is
 */
record Trouble(
        List<Failure> failures,
        @Nullable Contest contest,
        boolean held,
        @Nullable String holder) {
    Trouble {
        failures = List.copyOf(failures);
    }

    record Failure(Source source, String field, String reason) {}

    /** Whether the cluster holds the object of this space. */
    boolean holds(String space) {
        if (!failures.isEmpty()) {
            return held
                    && failures.stream()
                            .anyMatch(failure -> failure.source().space().equals(space));
        }
        return space.equals(holder) || (contest != null && contest.holds(space));
    }
}
