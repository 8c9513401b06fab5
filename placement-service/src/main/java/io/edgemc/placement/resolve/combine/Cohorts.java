package io.edgemc.placement.resolve.combine;

import io.edgemc.api.target.Combination;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.journal.Journal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cohorts in use, by their placements. */
final class Cohorts {
    private final Map<List<PlacementId>, Cohort> byPlacements = new HashMap<>();
    private final Map<PlacementId, Set<Cohort>> byPlacement = new HashMap<>();
    private final Contents contents;
    private final Journal journal;

    Cohorts(Contents contents, Journal journal) {
        this.contents = contents;
        this.journal = journal;
    }

    @Nullable
    Cohort of(List<PlacementId> placements) {
        return byPlacements.get(placements);
    }

    Set<Cohort> with(PlacementId placement) {
        return byPlacement.getOrDefault(placement, Set.of());
    }

    Collection<Cohort> all() {
        return byPlacements.values();
    }

    /** A cohort without members or manifest. */
    Cohort create(List<PlacementId> placements) {
        Cohort cohort = new Cohort(placements);
        journal.put(byPlacements, cohort.placements(), cohort);
        for (PlacementId id : placements) {
            Set<Cohort> with = byPlacement.get(id);
            if (with == null) {
                with = new LinkedHashSet<>();
                journal.put(byPlacement, id, with);
            }
            journal.add(with, cohort);
        }
        return cohort;
    }

    /** Lets go of a cohort that has no member left. */
    void drop(Cohort cohort) {
        journal.remove(byPlacements, cohort.placements());
        for (PlacementId id : cohort.placements()) {
            Set<Cohort> with = byPlacement.get(id);
            if (with != null) {
                journal.remove(with, cohort);
                if (with.isEmpty()) {
                    journal.remove(byPlacement, id);
                }
            }
        }
    }

    /** Writes the content that lists the placements and when they last changed. */
    void describe(Cohort cohort) {
        if (cohort.placements().isEmpty()) {
            return;
        }
        List<Combination.PlacementRef> placements = new ArrayList<>();
        for (PlacementId id : cohort.placements()) {
            placements.add(new Combination.PlacementRef(
                    id.space(), id.name(), id.uid(), Objects.requireNonNull(cohort.changedAt.get(id))));
        }
        cohort.combination(contents.write(new Combination(placements)), journal);
    }
}
