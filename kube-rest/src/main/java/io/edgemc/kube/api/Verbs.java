package io.edgemc.kube.api;

import java.util.Set;

/** Verbs of a kind, as discovery names them. */
public final class Verbs {
    public static final Set<String> READ = Set.of("get", "list", "watch");
    public static final Set<String> ALL =
            Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private Verbs() {}
}
