package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.kube.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a CustomResourceDefinition may be deleted: the API server deletes all objects of its kind along with it, so there must be
 * none but ours that are to be deleted as well, and what belongs to those. What cannot be looked at counts as a reason to keep it.
 */
final class DefinitionRemoval {
    private static final String IN_USE = "definition-in-use";

    private final Discovery discovery;
    private final Occupants occupants;

    DefinitionRemoval(Discovery discovery, Occupants occupants) {
        this.discovery = discovery;
        this.occupants = occupants;
    }

    /**
     * Returns if it may be deleted.
     *
     * @param live the definition as it is now
     */
    void check(JsonNode live) throws IOException, RefusedException {
        if (!wasEverServed(live)) {
            return;
        }
        GroupResource kind = new GroupResource(
                live.path("spec").path("group").asString(""),
                live.path("spec").path("names").path("plural").asString(""));
        discovery.refresh();
        Optional<ResourceType> type = discovery.find(kind);
        if (type.isEmpty()) {
            throw unknown(kind, "no version of it is served");
        }
        List<Occupants.Found> all;
        try {
            all = occupants.of(type.get(), "");
        } catch (KubeException e) {
            throw unknown(kind, String.valueOf(e.getMessage()));
        }
        List<ObjectKey> foreign = Occupants.foreign(all);
        if (!foreign.isEmpty()) {
            throw new RefusedException(Refusal.passing(
                    IN_USE, "objects of its kind would be deleted with it: " + Occupants.named(foreign)));
        }
    }

    /** The names of one that was not established are another's, so nothing can have been made of it. */
    private static boolean wasEverServed(JsonNode live) {
        for (JsonNode condition : live.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Established")) {
                return condition.path("status").asString("").equals("True");
            }
        }
        return false;
    }

    private static RefusedException unknown(GroupResource kind, String why) {
        return new RefusedException(
                Refusal.passing(IN_USE, "whether there are objects of " + kind + " is not known: " + why));
    }
}
