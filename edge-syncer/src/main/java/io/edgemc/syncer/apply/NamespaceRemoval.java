package io.edgemc.syncer.apply;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.KubeException;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.state.EdgeState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a namespace that we made may be deleted: it must hold nothing but objects of ours that are to be deleted as well, what
 * belongs to those, and what every namespace has. What cannot be looked at counts as a reason to keep it.
 */
final class NamespaceRemoval {
    private static final String METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final int PAGE = 500;

    private final KubeClient kube;
    private final Discovery discovery;
    private final Ownership ownership;
    private final EdgeState state;

    NamespaceRemoval(KubeClient kube, Discovery discovery, Ownership ownership, EdgeState state) {
        this.kube = kube;
        this.discovery = discovery;
        this.ownership = ownership;
        this.state = state;
    }

    private record Found(ObjectKey key, String uid, List<String> owners, boolean leaving) {}

    /** Returns if it may be deleted. */
    void check(String namespace) throws IOException, RefusedException {
        if (namespace.equals("default") || namespace.startsWith("kube-")) {
            throw new RefusedException(Refusal.lasting("protected", "namespaces of the system are never deleted"));
        }
        discovery.refresh();
        List<Found> all = new ArrayList<>();
        for (ResourceType type : discovery.all()) {
            if (type.namespaced() && type.isStored() && !type.resource().equals("events")) {
                list(type, namespace, all);
            }
        }
        List<String> foreign = foreign(all);
        if (!foreign.isEmpty()) {
            throw new RefusedException(Refusal.passing(
                    "namespace-not-empty",
                    "it holds " + foreign.size() + " objects that are not ours to delete, such as "
                            + String.join(", ", foreign.subList(0, Math.min(3, foreign.size())))));
        }
    }

    private static List<String> foreign(List<Found> all) {
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
                        services.add(found.key().name());
                    }
                }
                return known;
            });
        }
        return open.stream().map(found -> found.key().text()).toList();
    }

    /** Endpoints bear the name of their Service instead of a reference to it. */
    private static boolean isOfService(ObjectKey key, Set<String> services) {
        return key.group().isEmpty() && key.resource().equals("endpoints") && services.contains(key.name());
    }

    private void list(ResourceType type, String namespace, List<Found> into) throws IOException, RefusedException {
        String next = "";
        do {
            JsonNode page;
            try {
                page = kube.get(
                        type.pathIn(namespace) + "?limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + encode(next)),
                        METADATA);
            } catch (KubeException e) {
                if (e.isNotServed() || e.status() == 405) {
                    return;
                }
                throw new RefusedException(Refusal.passing(
                        "namespace-not-empty",
                        "whether it holds " + type.groupResource() + " is not known: " + e.getMessage()));
            }
            for (JsonNode item : page.path("items")) {
                into.add(found(type, namespace, item));
            }
            next = page.path("metadata").path("continue").asString("");
        } while (!next.isEmpty());
    }

    private Found found(ResourceType type, String namespace, JsonNode item) {
        JsonNode metadata = item.path("metadata");
        ObjectKey key = new ObjectKey(
                type.group(), type.resource(), namespace, metadata.path("name").asString(""));
        List<String> owners = new ArrayList<>();
        metadata.path("ownerReferences")
                .forEach(owner -> owners.add(owner.path("uid").asString("")));
        boolean leaving = isOfEveryNamespace(key)
                || ownership.isOurs(item, key)
                        && state.find(key)
                                .filter(held -> held.wantsDeletion() && !held.has(EntryFlag.ORPHAN))
                                .isPresent();
        return new Found(key, metadata.path("uid").asString(""), owners, leaving);
    }

    private static boolean isOfEveryNamespace(ObjectKey key) {
        return key.group().isEmpty()
                && (key.resource().equals("configmaps")
                                && (key.name().equals("kube-root-ca.crt")
                                        || key.name().equals("openshift-service-ca.crt"))
                        || key.resource().equals("serviceaccounts")
                                && key.name().equals("default"));
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
