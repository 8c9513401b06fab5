package io.edgemc.kube.write;

import io.edgemc.kube.api.Target;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The few built-in kinds whose objects a replacement creates if they are not there ({@code AllowCreateOnUpdate} in Kubernetes). */
final class CreatedByReplacement {
    private static final Set<String> KINDS = Set.of(
            "endpoints",
            "events",
            "events.events.k8s.io",
            "limitranges",
            "services",
            "leases.coordination.k8s.io",
            "leasecandidates.coordination.k8s.io",
            "runtimeclasses.node.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io");

    private CreatedByReplacement() {}

    /** Also by way of their status: it is the same strategy. */
    static boolean is(Target target) {
        boolean whole = target.subresource().isEmpty() || target.subresource().equals("status");
        return whole && KINDS.contains(target.kind().ref().toString());
    }

    /** Takes out what only says which object should have been there. Throws 409 if it was a certain one. */
    static void prepare(ObjectNode object, Target target) {
        MetaChanges.requireUid(JsonNodeFactory.instance.objectNode(), object, target);
        ObjectMeta.of(object).remove("resourceVersion");
    }
}
