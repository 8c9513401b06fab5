package io.edgemc.kube.kind;

import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds that a view serves at one moment. Immutable. */
public final class Kinds {
    private final Map<KindRef, ServedKind> byRef;
    private final Map<String, Map<String, List<ServedKind>>> groups = new TreeMap<>();

    /** Of two kinds with the same reference the first wins. */
    public Kinds(Collection<ServedKind> kinds) {
        byRef = new LinkedHashMap<>(kinds.size() * 2);
        kinds.forEach(kind -> byRef.putIfAbsent(kind.ref(), kind));
        Map<String, List<ServedKind>> sorted = new HashMap<>();
        byRef.values()
                .forEach(kind -> sorted.computeIfAbsent(kind.ref().group(), g -> new ArrayList<>())
                        .add(kind));
        sorted.forEach((group, members) -> groups.put(group, versions(members)));
    }

    private static Map<String, List<ServedKind>> versions(List<ServedKind> members) {
        Map<String, List<ServedKind>> versions = new TreeMap<>(VersionOrder.NEWEST_FIRST);
        for (ServedKind kind : members) {
            for (ServedVersion version : kind.versions()) {
                versions.computeIfAbsent(version.version(), v -> new ArrayList<>())
                        .add(kind);
            }
        }
        return versions;
    }

    public @Nullable ServedKind find(KindRef ref) {
        return byRef.get(ref);
    }

    /** The kind, if this version of it is served. */
    public @Nullable ServedKind find(String group, String version, String resource) {
        ServedKind kind = byRef.get(new KindRef(group, resource));
        return kind != null && kind.version(version) != null ? kind : null;
    }

    /** Group, then version (newest first), then kinds. */
    public Map<String, Map<String, List<ServedKind>>> groups() {
        return groups;
    }

    public Collection<ServedKind> all() {
        return byRef.values();
    }
}
