package io.edgemc.placement.resolve.select;

import java.util.Set;
import java.util.TreeSet;

/** How a selected object is treated, beside what it is. Several clauses on one object add up. */
public record Modulation(boolean createOnly, boolean wantSingleton, boolean wantMulti, Set<String> statusCollectors) {
    public static final Modulation NONE = new Modulation(false, false, false, Set.of());

    public Modulation {
        statusCollectors = Set.copyOf(statusCollectors);
    }

    /** Booleans are OR-ed, collectors unite. */
    public Modulation and(Modulation other) {
        if (other.equals(this) || other.equals(NONE)) {
            return this;
        }
        Set<String> collectors = new TreeSet<>(statusCollectors);
        collectors.addAll(other.statusCollectors);
        return new Modulation(
                createOnly || other.createOnly,
                wantSingleton || other.wantSingleton,
                wantMulti || other.wantMulti,
                collectors);
    }
}
