package io.edgemc.syncer.apply;

import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.state.Held;

/**
 * The order in which the objects of a delivery are worked on: what others need comes first, and leaves last. A wave begins when
 * every object of the one before was tried; a failure holds nobody up.
 */
enum Wave {
    APPLY_DEFINITIONS,
    APPLY_NAMESPACES,
    APPLY_REST,
    DELETE_REST,
    DELETE_NAMESPACES,
    DELETE_DEFINITIONS;

    static Wave of(Held held) {
        GroupResource kind = GroupResource.of(held.key());
        boolean definition = kind.equals(GroupResource.CUSTOM_RESOURCE_DEFINITIONS);
        boolean namespace = kind.equals(GroupResource.NAMESPACES);
        if (held.wantsDeletion()) {
            return definition ? DELETE_DEFINITIONS : namespace ? DELETE_NAMESPACES : DELETE_REST;
        }
        return definition ? APPLY_DEFINITIONS : namespace ? APPLY_NAMESPACES : APPLY_REST;
    }
}
