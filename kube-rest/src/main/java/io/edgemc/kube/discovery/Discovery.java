package io.edgemc.kube.discovery;

import io.edgemc.kube.api.Verbs;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.kind.VersionOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Discovery documents of one state of a view's kinds, plain and aggregated. Immutable. */
public final class Discovery {
    /** The subresource whose objects are of a kind of their own. */
    private static final String SCALE = "scale";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> CUSTOM_VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

    private record Entry(ServedKind kind, ServedVersion version, Set<String> verbs) {}

    /** Group, then version, newest first; built-in groups come first, as names are looked up in this order. */
    private final Map<String, Map<String, List<Entry>>> groups;

    public Discovery(Kinds kinds, Collection<ServedKind> createOnly, ViewRules rules) {
        Map<String, Map<String, List<Entry>>> found = new TreeMap<>();
        kinds.all().forEach(kind -> add(found, kind, Verbs.of(kind, rules)));
        createOnly.forEach(kind -> add(found, kind, Set.of("create")));
        Comparator<String> order =
                Comparator.comparing((String group) -> rank(found.get(group))).thenComparing(Comparator.naturalOrder());
        Map<String, Map<String, List<Entry>>> sorted = new TreeMap<>(order);
        sorted.putAll(found);
        groups = sorted;
    }

    private static int rank(@Nullable Map<String, List<Entry>> versions) {
        return versions == null
                ? 0
                : versions.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(entry -> entry.kind().origin().ordinal())
                        .min()
                        .orElse(0);
    }

    private static void add(Map<String, Map<String, List<Entry>>> found, ServedKind kind, Set<String> verbs) {
        for (ServedVersion version : kind.versions()) {
            found.computeIfAbsent(kind.ref().group(), g -> new TreeMap<>(VersionOrder.NEWEST_FIRST))
                    .computeIfAbsent(version.version(), v -> new ArrayList<>())
                    .add(new Entry(kind, version, verbs));
        }
    }

    /** {@code /api}; {@code host} is what the client asked, for nobody else knows a better address. */
    public ObjectNode coreVersions(String host) {
        ObjectNode document = JSON.objectNode().put("kind", "APIVersions");
        ArrayNode versions = document.putArray("versions");
        groups.getOrDefault("", Map.of()).keySet().forEach(versions::add);
        document.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", host);
        return document;
    }

    /** {@code /}: where something is to be had. */
    public ObjectNode paths() {
        Set<String> found =
                new TreeSet<>(Set.of("/api", "/apis", "/apis/", "/healthz", "/livez", "/readyz", "/version"));
        found.addAll(Set.of("/openapi/v2", "/openapi/v3", "/openapi/v3/"));
        groups.forEach((group, versions) -> {
            String base = group.isEmpty() ? "/api" : "/apis/" + group;
            found.add(base);
            versions.keySet().forEach(version -> found.add(base + "/" + version));
        });
        ObjectNode document = JSON.objectNode();
        found.forEach(document.putArray("paths")::add);
        return document;
    }

    /** {@code /apis}. */
    public ObjectNode groupList() {
        ObjectNode document = JSON.objectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode list = document.putArray("groups");
        groups.keySet().stream().filter(group -> !group.isEmpty()).forEach(group -> list.add(groupOf(group)));
        return document;
    }

    /** {@code /apis/group}; null if there is none. */
    public @Nullable ObjectNode group(String group) {
        if (group.isEmpty() || !groups.containsKey(group)) {
            return null;
        }
        ObjectNode document = JSON.objectNode().put("kind", "APIGroup").put("apiVersion", "v1");
        document.setAll(groupOf(group));
        return document;
    }

    private ObjectNode groupOf(String group) {
        ObjectNode node = JSON.objectNode().put("name", group);
        ArrayNode versions = node.putArray("versions");
        for (String version : groups.getOrDefault(group, Map.of()).keySet()) {
            versions.addObject().put("groupVersion", group + "/" + version).put("version", version);
        }
        node.set("preferredVersion", versions.get(0).deepCopy());
        return node;
    }

    /** {@code /apis/group/version}; null if there is none. */
    public @Nullable ObjectNode resources(String group, String version) {
        List<Entry> entries = groups.getOrDefault(group, Map.of()).get(version);
        if (entries == null) {
            return null;
        }
        ObjectNode document = JSON.objectNode()
                .put("kind", "APIResourceList")
                .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        if (!group.isEmpty()) {
            document.put("apiVersion", "v1"); // the core group's list is older than this habit
        }
        ArrayNode resources = document.putArray("resources");
        for (Entry entry : entries) {
            ServedKind kind = entry.kind();
            ObjectNode resource = resources
                    .addObject()
                    .put("name", kind.ref().resource())
                    .put("singularName", kind.singular())
                    .put("namespaced", kind.namespaced())
                    .put("kind", kind.kind());
            verbs(resource, entry);
            names(resource, "shortNames", kind.shortNames());
            names(resource, "categories", kind.categories());
            boolean known = kind.versions().size() == 1 || kind.origin() == ServedKind.Origin.CRD;
            if (entry.verbs().contains("list") && known) {
                resource.put("storageVersionHash", storageHash(entry));
            }
            for (String subresource : subresources(entry)) {
                ObjectNode below = resources
                        .addObject()
                        .put("name", kind.ref().resource() + "/" + subresource)
                        .put("singularName", "")
                        .put("namespaced", kind.namespaced());
                if (subresource.equals(SCALE)) {
                    below.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
                } else {
                    below.put("kind", kind.kind());
                }
                verbs(below, subverbs(entry, subresource));
            }
        }
        return document;
    }

    /** Tells clients whether the version in which objects rest has changed: eight bytes of a digest of its name. */
    private static String storageHash(Entry entry) {
        String storage = entry.version().traits().storageVersion();
        if (entry.kind().ref().equals(CrdKinds.CRDS)) {
            storage = "v1beta1"; // in which API servers still say that they store definitions
        }
        String version = storage.isEmpty() ? entry.version().version() : storage;
        String name =
                entry.kind().ref().group() + "/" + version + "/" + entry.kind().kind();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Aggregated discovery v2 of the core group or of all others. */
    public ObjectNode aggregated(boolean core) {
        ObjectNode document =
                JSON.objectNode().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        document.putObject("metadata");
        ArrayNode items = document.putArray("items");
        groups.forEach((group, versions) -> {
            if (group.isEmpty() != core) {
                return;
            }
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            if (!core) {
                metadata.put("name", group);
            }
            ArrayNode list = item.putArray("versions");
            versions.forEach((version, entries) -> {
                ObjectNode node = list.addObject().put("version", version);
                ArrayNode resources = node.putArray("resources");
                entries.forEach(entry -> resources.add(aggregated(entry)));
                node.put("freshness", "Current");
            });
        });
        return document;
    }

    private static ObjectNode aggregated(Entry entry) {
        ServedKind kind = entry.kind();
        ObjectNode resource = JSON.objectNode().put("resource", kind.ref().resource());
        resource.set("responseKind", responseKind(entry));
        resource.put("scope", kind.namespaced() ? "Namespaced" : "Cluster").put("singularResource", kind.singular());
        verbs(resource, entry);
        names(resource, "shortNames", kind.shortNames());
        names(resource, "categories", kind.categories());
        List<String> subresources = subresources(entry);
        if (!subresources.isEmpty()) {
            ArrayNode list = resource.putArray("subresources");
            for (String subresource : subresources) {
                ObjectNode below = list.addObject().put("subresource", subresource);
                below.set("responseKind", subresource.equals(SCALE) ? scale() : responseKind(entry));
                verbs(below, subverbs(entry, subresource));
            }
        }
        return resource;
    }

    private static ObjectNode scale() {
        return JSON.objectNode()
                .put("group", "autoscaling")
                .put("version", "v1")
                .put("kind", "Scale");
    }

    private static ObjectNode responseKind(Entry entry) {
        return JSON.objectNode()
                .put("group", entry.kind().ref().group())
                .put("version", entry.version().version())
                .put("kind", entry.kind().kind());
    }

    private static List<String> subresources(Entry entry) {
        return entry.version().subresources().keySet().stream()
                .filter(subresource -> !subverbs(entry, subresource).isEmpty())
                .sorted(isCustom(entry) ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .toList();
    }

    private static Set<String> subverbs(Entry entry, String subresource) {
        Set<String> verbs =
                new java.util.TreeSet<>(entry.version().subresources().getOrDefault(subresource, Set.of()));
        verbs.retainAll(entry.verbs());
        return verbs;
    }

    /** An API server lists verbs and subresources of custom kinds in an order of their own. */
    private static boolean isCustom(Entry entry) {
        return entry.kind().origin() == ServedKind.Origin.CRD;
    }

    private static void verbs(ObjectNode resource, Entry entry) {
        if (isCustom(entry)) {
            ArrayNode array = resource.putArray("verbs");
            CUSTOM_VERBS.stream().filter(entry.verbs()::contains).forEach(array::add);
        } else {
            verbs(resource, entry.verbs());
        }
    }

    private static void verbs(ObjectNode resource, Set<String> verbs) {
        ArrayNode array = resource.putArray("verbs");
        verbs.stream().sorted().forEach(array::add);
    }

    private static void names(ObjectNode resource, String member, List<String> names) {
        if (!names.isEmpty()) {
            names.forEach(resource.putArray(member)::add);
        }
    }
}
