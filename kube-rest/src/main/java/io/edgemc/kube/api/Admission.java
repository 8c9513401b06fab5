package io.edgemc.kube.api;

import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.store.Actor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write that is about to be committed, after all of Kubernetes' own checks.
 *
 * @param operation what happens
 * @param kind the object's kind
 * @param namespace empty for cluster-scoped kinds
 * @param name the object's name
 * @param subresource {@code status}, {@code scale} or empty
 * @param before what is there, null for a creation; must not be changed
 * @param object what will be there, null for a removal; may be changed in place
 * @param actor who asks
 * @param dryRun whether nothing will be committed
 */
public record Admission(
        Operation operation,
        ServedKind kind,
        String namespace,
        String name,
        String subresource,
        @Nullable ObjectNode before,
        @Nullable ObjectNode object,
        Actor actor,
        boolean dryRun) {
    /** What happens to the object. */
    public enum Operation {
        CREATE,
        UPDATE,
        /** Asked to be deleted; finalizers may keep it. */
        DELETE
    }
}
