package io.edgemc.summarizer.cluster;

import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.contribution.Contributions;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.delivery.PlacementState;
import io.edgemc.summarizer.delivery.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps what each placement of each cluster contributes. A change costs what it changes: a placement that comes to a thousand
 * clusters with a hundred others touches one contribution at each of them.
 */
final class PlacementLedger {
    private final ClusterStores stores;
    private final DefinitionSet definitions;
    private final Emitter emitter;

    PlacementLedger(ClusterStores stores, DefinitionSet definitions, Emitter emitter) {
        this.stores = stores;
        this.definitions = definitions;
        this.emitter = emitter;
    }

    /**
     * Evaluates the placements whose states have changed since the last time, or all of them.
     *
     * @param all whether something else than states has changed: what is known of the cluster, or the definitions
     * @return the facts with the new standing. If the combination is not here, what was known before stays until it comes.
     */
    ClusterFacts evaluate(String uid, ClusterFacts facts, boolean all, long at) {
        Standing known = facts.standing();
        Standing now = standing(uid, facts);
        if (now == null) {
            return all && known != null ? facts.standing(known.whenOutdated()) : facts;
        }
        Standing before = known == null ? Standing.NONE : known;
        if (all || !now.equals(before)) {
            move(uid, facts, before, now, all || before.outdated(), at);
        }
        return facts.standing(now);
    }

    /** Takes back all that a cluster's placements contributed. */
    void gone(String uid, long at) {
        for (String placement : stores.placements(uid)) {
            replace(uid, placement, Contributions.NONE, at);
        }
    }

    private void move(String uid, ClusterFacts facts, Standing before, Standing now, boolean all, long at) {
        Map<String, PlacementState> were = states(before);
        Set<String> left = new HashSet<>(were == null ? stores.placements(uid) : were.keySet());
        Map<String, PlacementState> same = all || were == null ? Map.of() : were;
        JsonNode cluster = facts.variable();
        for (PlacementRef placement : placements(now)) {
            left.remove(placement.uid());
            PlacementState is = now.of(placement);
            if (cluster != null && !is.equals(same.get(placement.uid()))) {
                replace(uid, placement.uid(), definitions.ofPlacements(cluster, List.of(is.json())), at);
            }
        }
        for (String placement : left) {
            replace(uid, placement, Contributions.NONE, at);
        }
    }

    private void replace(String uid, String placement, Contributions now, long at) {
        Contributions before = stores.placement(uid, placement);
        emitter.replace(before, now, at);
        if (!now.equals(before)) {
            stores.putPlacement(uid, placement, now);
        }
    }

    /** What the states follow from at present, null while the combination is not known. */
    private @Nullable Standing standing(String uid, ClusterFacts facts) {
        Target target = facts.target();
        if (facts.record() == null || target == null || target.combination() == null) {
            return Standing.NONE;
        }
        if (combination(target.combination()) == null) {
            stores.reminders().await(target.combination(), uid);
            return null;
        }
        return Standing.of(target, facts.report(), failed(uid, facts.report()));
    }

    /** Placements that exceptions name; those whose decision is not here are named when it comes. */
    private Set<String> failed(String uid, @Nullable ClusterReport report) {
        Set<String> failed = new HashSet<>();
        List<ObjectException> exceptions = report == null ? List.of() : report.exceptions();
        for (ObjectException exception : exceptions) {
            if (exception.decision() != null) {
                KnownContent content = stores.content(exception.decision());
                Decision decision = content == null ? null : content.decision();
                if (content == null) {
                    stores.reminders().await(exception.decision(), uid);
                } else if (decision != null) {
                    decision.placements().forEach(placement -> failed.add(placement.uid()));
                }
            }
        }
        return failed;
    }

    /** The states by uid of placement, null if it is not known any more which placements they were. */
    private @Nullable Map<String, PlacementState> states(Standing standing) {
        if (standing.combination() != null && combination(standing.combination()) == null) {
            return null;
        }
        Map<String, PlacementState> states = new HashMap<>();
        for (PlacementRef placement : placements(standing)) {
            states.put(placement.uid(), standing.of(placement));
        }
        return states;
    }

    private List<PlacementRef> placements(Standing standing) {
        Combination combination = standing.combination() == null ? null : combination(standing.combination());
        return combination == null ? List.of() : combination.placements();
    }

    private @Nullable Combination combination(Digest digest) {
        KnownContent content = stores.content(digest);
        return content == null ? null : content.combination();
    }
}
