package io.edgemc.syncer.apply;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Works a deletion off: only what carries our mark with its own id goes, exactly the object that was looked at. */
final class Remover {
    private final KubeClient kube;
    private final Discovery discovery;
    private final Ownership ownership;
    private final NamespaceRemoval namespaces;
    private final DefinitionRemoval definitions;
    private final Observations observations;

    Remover(
            KubeClient kube,
            Discovery discovery,
            Ownership ownership,
            NamespaceRemoval namespaces,
            DefinitionRemoval definitions,
            Observations observations) {
        this.kube = kube;
        this.discovery = discovery;
        this.ownership = ownership;
        this.namespaces = namespaces;
        this.definitions = definitions;
        this.observations = observations;
    }

    /** What the object is held as from now on. */
    Held remove(Held held) throws IOException, RefusedException {
        ObjectKey key = held.key();
        Optional<ResourceType> type = discovery.findFresh(GroupResource.of(key));
        if (type.isEmpty()) {
            // Where the kind is not served there is no object of it.
            return held.released();
        }
        String path = type.get().pathOf(key);
        Optional<ObjectNode> live = kube.find(path);
        if (live.isEmpty()) {
            observations.absentNow(key);
            return held.released();
        }
        if (!ownership.isOurs(live.get(), key)) {
            return notOurs(held, live.get());
        }
        if (held.has(EntryFlag.ORPHAN) || held.has(EntryFlag.CREATE_ONLY) || Ownership.isAdopted(held, live.get())) {
            kube.mergePatch(path, withoutMark(live.get()));
            return held.released();
        }
        return delete(held, path, live.get());
    }

    private Held delete(Held held, String path, ObjectNode live) throws IOException, RefusedException {
        if (!live.path("metadata").has("deletionTimestamp")) {
            GroupResource kind = GroupResource.of(held.key());
            if (kind.equals(GroupResource.NAMESPACES)) {
                namespaces.check(held.key().name());
            } else if (kind.equals(GroupResource.CUSTOM_RESOURCE_DEFINITIONS)) {
                definitions.check(live);
            }
            kube.delete(path, live);
        }
        if (kube.find(path).isEmpty()) {
            observations.absentNow(held.key());
            return held.released();
        }
        throw new RefusedException(Refusal.passing("terminating", "its deletion has begun, and it is not gone yet"));
    }

    private static Held notOurs(Held held, ObjectNode live) throws RefusedException {
        Applied applied = held.applied();
        boolean markWasTaken = applied != null
                && !applied.fields().isEmpty()
                && applied.uid().equals(live.path("metadata").path("uid").asString(""));
        if (markWasTaken) {
            throw new RefusedException(Refusal.lasting(
                    "not-owned", "it no longer carries our mark with its own id, and is left in place"));
        }
        return held.released();
    }

    private static ObjectNode withoutMark(ObjectNode live) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        // Exactly the object that was looked at, or a conflict.
        metadata.set("uid", live.path("metadata").path("uid"));
        metadata.set("resourceVersion", live.path("metadata").path("resourceVersion"));
        metadata.putObject("annotations").putNull(Ownership.ANNOTATION).putNull(Ownership.ADOPTED);
        return patch;
    }
}
