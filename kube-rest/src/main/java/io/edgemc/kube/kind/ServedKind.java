package io.edgemc.kube.kind;

import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.store.KindRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A kind that a view serves now.
 *
 * @param ref group and plural
 * @param kind such as {@code Deployment}
 * @param singular lowercase singular
 * @param shortNames what {@code kubectl} accepts besides
 * @param categories such as {@code all}
 * @param namespaced scope
 * @param origin who defined it
 * @param versions served versions, the preferred one first
 * @param rests under which reference a store keeps its objects: kinds of two groups may be two views of one collection
 */
public record ServedKind(
        KindRef ref,
        String kind,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        Origin origin,
        List<ServedVersion> versions,
        KindRef rests) {
    /** Who defined a kind. */
    public enum Origin {
        BUILT_IN,
        OWN,
        CRD
    }

    public ServedKind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(ref + " has no served version");
        }
    }

    /** A kind with a collection of its own. */
    public ServedKind(
            KindRef ref,
            String kind,
            String singular,
            List<String> shortNames,
            List<String> categories,
            boolean namespaced,
            Origin origin,
            List<ServedVersion> versions) {
        this(ref, kind, singular, shortNames, categories, namespaced, origin, versions, ref);
    }

    /** A kind of which nothing but its name is known; objects are kept as they are. */
    public static ServedKind schemaless(
            String group, String version, String kind, String plural, String singular, boolean namespaced) {
        return new ServedKind(
                new KindRef(group, plural),
                kind,
                singular,
                List.of(),
                List.of(),
                namespaced,
                Origin.OWN,
                List.of(new ServedVersion(
                        version,
                        Schema.ANY,
                        JsonNodeFactory.instance.objectNode().put("type", "object"),
                        group + "." + version + "." + kind,
                        List.of(),
                        Map.of("status", Set.of("get", "patch", "update")),
                        Set.of())));
    }

    public @Nullable ServedVersion version(String version) {
        return versions.stream()
                .filter(v -> v.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    public ServedVersion preferred() {
        return versions.getFirst();
    }

    public String apiVersion(String version) {
        return ref.group().isEmpty() ? version : ref.group() + "/" + version;
    }

    /** Whether another kind has the same collection, and its objects rest as that one's. */
    public boolean isOtherView() {
        return !rests.equals(ref);
    }

    public boolean is(String group, String resource) {
        return ref.group().equals(group) && ref.resource().equals(resource);
    }
}
