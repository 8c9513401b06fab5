package io.edgemc.kube.store;

import org.jspecify.annotations.Nullable;

/**
 * One committed change of one object, in commit order.
 *
 * @param position the resourceVersion of the change; unique and increasing within a store
 * @param previous what was there before, null if nothing was
 * @param current what is there now, null if it was deleted
 */
public record StoredChange(
        long position,
        @Nullable StoredObject previous,
        @Nullable StoredObject current) {
    public StoredChange {
        if (previous == null && current == null) {
            throw new IllegalArgumentException("a change has a before or an after");
        }
    }
}
