package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.kube.ResourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a namespace that we made may be deleted: it must hold nothing but objects of ours that are to be deleted as well, what
 * belongs to those, and what every namespace has. What cannot be looked at counts as a reason to keep it.
 */
final class NamespaceRemoval {
    private final Discovery discovery;
    private final Occupants occupants;

    NamespaceRemoval(Discovery discovery, Occupants occupants) {
        this.discovery = discovery;
        this.occupants = occupants;
    }

    /** Returns if it may be deleted. */
    void check(String namespace) throws IOException, RefusedException {
        if (namespace.equals("default") || namespace.startsWith("kube-")) {
            throw new RefusedException(Refusal.lasting("protected", "namespaces of the system are never deleted"));
        }
        discovery.refresh();
        List<Occupants.Found> all = new ArrayList<>();
        for (ResourceType type : discovery.all()) {
            if (type.namespaced() && type.isStored() && !type.resource().equals("events")) {
                all.addAll(list(type, namespace));
            }
        }
        List<ObjectKey> foreign = Occupants.foreign(all);
        if (!foreign.isEmpty()) {
            throw new RefusedException(Refusal.passing("namespace-not-empty", "it holds " + Occupants.named(foreign)));
        }
    }

    private List<Occupants.Found> list(ResourceType type, String namespace) throws IOException, RefusedException {
        try {
            return occupants.of(type, namespace);
        } catch (KubeException e) {
            if (e.isNotServed() || e.status() == 405) {
                return List.of();
            }
            throw new RefusedException(Refusal.passing(
                    "namespace-not-empty",
                    "whether it holds " + type.groupResource() + " is not known: " + e.getMessage()));
        }
    }
}
