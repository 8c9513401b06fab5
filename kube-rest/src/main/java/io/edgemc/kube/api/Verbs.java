package io.edgemc.kube.api;

import io.edgemc.kube.kind.ServedKind;
import java.util.Set;
import java.util.TreeSet;

/** Verbs of a kind, as discovery names them. */
public final class Verbs {
    public static final Set<String> READ = Set.of("get", "list", "watch");
    public static final Set<String> ALL =
            Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private static final String COLLECTION = "deletecollection";

    private Verbs() {}

    /** What a view's rules leave of what Kubernetes offers: it never deletes all namespaces at once. */
    public static Set<String> of(ServedKind kind, ViewRules rules) {
        Set<String> verbs = rules.verbs(kind);
        boolean namespaces =
                kind.ref().group().isEmpty() && kind.ref().resource().equals("namespaces");
        if (!namespaces || !verbs.contains(COLLECTION)) {
            return verbs;
        }
        Set<String> fewer = new TreeSet<>(verbs);
        fewer.remove(COLLECTION);
        return fewer;
    }
}
