package io.edgemc.placement.resolve;

import java.util.Comparator;
import java.util.Objects;

/** Names a placement for its lifetime; one made anew under the same name has another uid. */
public record PlacementId(String space, String name, String uid) implements Comparable<PlacementId> {
    private static final Comparator<PlacementId> ORDER = Comparator.comparing(PlacementId::space)
            .thenComparing(PlacementId::name)
            .thenComparing(PlacementId::uid);

    public PlacementId {
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
    }

    @Override
    public int compareTo(PlacementId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return space + "/" + name;
    }
}
