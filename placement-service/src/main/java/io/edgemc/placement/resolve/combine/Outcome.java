package io.edgemc.placement.resolve.combine;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.placement.resolve.select.ConflictPolicy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the placements of a cohort make of one key. */
sealed interface Outcome {
    /** None of them sends it. */
    record Absent(boolean upsynced) implements Outcome {}

    /** The same entry for every cluster of the cohort. */
    record Fixed(ManifestEntry entry, @Nullable Contest contest) implements Outcome {}

    /**
     * It has to be worked out for each cluster, because a source is customized, or because what is there stays.
     *
     * @param companion whether it only comes along
     */
    record PerCluster(List<Source> sources, Set<EntryFlag> flags, ConflictPolicy policy, boolean companion)
            implements Outcome {
        public PerCluster {
            sources = List.copyOf(sources);
        }
    }
}
