package io.edgemc.placement.resolve;

import io.edgemc.placement.resolve.select.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a placement's status. Lists are sorted and cut at {@link #LIMIT}; the totals are exact.
 *
 * @param observedGeneration generation of the spec that this is about
 * @param specErrors what is wrong with the spec, or what of it cannot be served
 * @param errors objects that could not be rendered for a cluster
 * @param conflicts objects that another source sends to the same cluster as well
 */
public record PlacementResult(
        PlacementId placement,
        long observedGeneration,
        int matchingClusters,
        int matchingObjects,
        List<FieldError> specErrors,
        List<ObjectError> errors,
        int errorTotal,
        List<Conflict> conflicts,
        int conflictTotal) {
    /** Entries of a list that are kept. */
    public static final int LIMIT = 20;

    public PlacementResult {
        specErrors = List.copyOf(specErrors);
        errors = List.copyOf(errors);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * An object that does not go out as wanted; what a cluster holds of it stays.
     *
     * @param cluster name of the cluster; empty if the error is the same for all
     * @param object text form of the object's key
     * @param field where in the object, customizer or override
     * @param held whether the cluster keeps a former version; false: nothing was ever sent
     */
    public record ObjectError(String cluster, String object, String field, String reason, boolean held)
            implements Comparable<ObjectError> {
        @Override
        public int compareTo(ObjectError other) {
            int byObject = object.compareTo(other.object);
            return byObject != 0 ? byObject : cluster.compareTo(other.cluster);
        }
    }

    /**
     * The declared outcome for an object that several sources send to the same clusters.
     *
     * @param object text form of the object's key
     * @param rule the policy that decided: latest, refuse, priority or merge
     * @param winner null for refuse and merge
     * @param clusters to how many clusters this applies
     */
    public record Conflict(
            String object, String rule, @Nullable Source winner, List<Source> losers, int clusters)
            implements Comparable<Conflict> {
        public Conflict {
            losers = List.copyOf(losers);
        }

        @Override
        public int compareTo(Conflict other) {
            int byObject = object.compareTo(other.object);
            return byObject != 0 ? byObject : losers.toString().compareTo(other.losers.toString());
        }
    }

    /** A source of an object: a space, with the revision of its object and the placements that send it. */
    public record Source(String space, long revision, List<PlacementId> placements) {
        public Source {
            placements = List.copyOf(placements);
        }
    }
}
