package io.edgemc.kube.store;

import java.util.Objects;

/**
 * A kind as a store names it: group and lowercase plural. Versions of one kind share a store.
 *
 * @param group API group, {@code ""} for core
 * @param resource lowercase plural, such as {@code deployments}
 */
public record KindRef(String group, String resource) {
    public KindRef {
        Objects.requireNonNull(group);
        if (resource.isEmpty()) {
            throw new IllegalArgumentException("resource is empty");
        }
    }

    /** {@code deployments.apps}; {@code pods} for core. */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
