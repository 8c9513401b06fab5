package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.Modulation;
import io.edgemc.placement.resolve.space.PlacementState.Direct;
import io.edgemc.placement.resolve.travel.Travel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps, for each placement, the objects that it selects and what comes along with them (the domain rules, §3). */
final class Selection {
    private final Journal journal;
    private final Wanted wanted;

    Selection(Journal journal, Wanted wanted) {
        this.journal = journal;
        this.wanted = wanted;
    }

    /** Tests one object anew for one placement. */
    void reselect(Space space, PlacementState placement, ObjectKey key, Dirty dirty, Cause cause) {
        Direct before = placement.direct.get(key);
        Direct after = test(space, placement, space.objects.get(key));
        if (java.util.Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            journal.remove(placement.direct, key);
        } else {
            journal.put(placement.direct, key, after);
        }
        List<ObjectKey> leaving = before == null ? List.of() : before.companions();
        List<ObjectKey> coming = after == null ? List.of() : after.companions();
        coming.forEach(companion -> count(placement, companion, 1, dirty, cause));
        leaving.forEach(companion -> count(placement, companion, -1, dirty, cause));
        wanted.update(key, placement, journal);
        dirty.key(key, placement.id(), cause);
    }

    private static @Nullable Direct test(Space space, PlacementState placement, @Nullable SpaceObject object) {
        if (object == null || object.travel() == Travel.NEVER || object.travel() == Travel.SYSTEM) {
            return null;
        }
        Modulation modulation = placement.spec().select(space.selectable(object));
        return modulation == null ? null : new Direct(modulation, space.companions(object.key()));
    }

    private void count(PlacementState placement, ObjectKey companion, int by, Dirty dirty, Cause cause) {
        int count = placement.companions.getOrDefault(companion, 0) + by;
        if (count == 0) {
            journal.remove(placement.companions, companion);
        } else {
            journal.put(placement.companions, companion, count);
        }
        if (count == 0 || count == by) {
            wanted.update(companion, placement, journal);
            dirty.key(companion, placement.id(), cause);
        }
    }
}
