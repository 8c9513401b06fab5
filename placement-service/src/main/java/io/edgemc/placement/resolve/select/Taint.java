package io.edgemc.placement.resolve.select;

import java.util.Objects;

/** Keeps placements away from a cluster unless they tolerate it. */
public record Taint(String key, String value, Effect effect) {
    public Taint {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(effect, "effect");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a taint has a key");
        }
    }

    /** What a taint does. */
    public enum Effect {
        /** Not selected anew; who selects it already stays. */
        NoSelect,
        /** Not selected, and no longer selected. */
        NoExecute
    }
}
