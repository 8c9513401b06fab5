package io.edgemc.syncer.apply;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What would go along with something that is to be deleted, and which of it is not ours to delete. Ours to delete is what carries
 * our mark with its own id and has a recorded decision that deletes it, and what belongs to such. Thread-safe.
 */
final class Occupants {
    private static final String METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final int PAGE = 500;

    private final KubeClient kube;
    private final Ownership ownership;
    private final EdgeState state;

    Occupants(KubeClient kube, Ownership ownership, EdgeState state) {
        this.kube = kube;
        this.ownership = ownership;
        this.state = state;
    }

    /**
     * An object that is there.
     *
     * @param owners uids of what it belongs to
     * @param leaving it goes anyway
     */
    record Found(ObjectKey key, String uid, List<String> owners, boolean leaving) {}

    /**
     * The objects of a kind.
     *
     * @param namespace {@code ""} for all of them
     * @throws KubeException if they cannot be listed
     */
    List<Found> of(ResourceType type, String namespace) throws IOException {
        List<Found> found = new ArrayList<>();
        String path = namespace.isEmpty() ? type.path() : type.pathIn(namespace);
        String next = "";
        do {
            JsonNode page = kube.get(
                    path + "?limit=" + PAGE
                            + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)),
                    METADATA);
            for (JsonNode item : page.path("items")) {
                found.add(found(type, item));
            }
            next = page.path("metadata").path("continue").asString("");
        } while (!next.isEmpty());
        return found;
    }

    /** Those that are not ours to delete. */
    static List<ObjectKey> foreign(List<Found> all) {
        Set<String> explained = new HashSet<>();
        Set<String> services = new HashSet<>();
        List<Found> open = new ArrayList<>(all);
        boolean progress = true;
        while (progress) {
            progress = open.removeIf(found -> {
                boolean known = found.leaving()
                        || found.owners().stream().anyMatch(explained::contains)
                        || isOfService(found.key(), services);
                if (known) {
                    explained.add(found.uid());
                    if (found.key().resource().equals("services")) {
                        services.add(found.key().namespace() + "/" + found.key().name());
                    }
                }
                return known;
            });
        }
        return open.stream().map(Found::key).toList();
    }

    /** How many there are and the first few, for people. */
    static String named(List<ObjectKey> foreign) {
        return foreign.size() + " objects that are not ours to delete, such as "
                + String.join(
                        ", ",
                        foreign.subList(0, Math.min(3, foreign.size())).stream()
                                .map(ObjectKey::text)
                                .toList());
    }

    /** Endpoints bear the name of their Service instead of a reference to it. */
    private static boolean isOfService(ObjectKey key, Set<String> services) {
        return key.group().isEmpty()
                && key.resource().equals("endpoints")
                && services.contains(key.namespace() + "/" + key.name());
    }

    private Found found(ResourceType type, JsonNode item) {
        JsonNode metadata = item.path("metadata");
        ObjectKey key = new ObjectKey(
                type.group(),
                type.resource(),
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(""));
        List<String> owners = new ArrayList<>();
        metadata.path("ownerReferences")
                .forEach(owner -> owners.add(owner.path("uid").asString("")));
        boolean leaving = isOfEveryNamespace(key)
                || ownership.isOurs(item, key)
                        && state.find(key).filter(Occupants::isToBeDeleted).isPresent();
        return new Found(key, metadata.path("uid").asString(""), owners, leaving);
    }

    /** A tombstone that only gives the object up is no reason to delete it. */
    private static boolean isToBeDeleted(Held held) {
        return held.wantsDeletion() && !held.has(EntryFlag.ORPHAN) && !held.has(EntryFlag.CREATE_ONLY);
    }

    private static boolean isOfEveryNamespace(ObjectKey key) {
        return key.group().isEmpty()
                && (key.resource().equals("configmaps")
                                && (key.name().equals("kube-root-ca.crt")
                                        || key.name().equals("openshift-service-ca.crt"))
                        || key.resource().equals("serviceaccounts")
                                && key.name().equals("default"));
    }
}
