package io.edgemc.gateway.request;

import java.util.Optional;

/** HTTP methods in the words of Kubernetes. */
final class Verbs {
    private Verbs() {}

    /** For one thing; empty for a method that the hub does not know. */
    static Optional<String> of(String method) {
        return switch (method) {
            case "GET", "HEAD" -> Optional.of("get");
            case "POST" -> Optional.of("create");
            case "PUT" -> Optional.of("update");
            case "PATCH" -> Optional.of("patch");
            case "DELETE" -> Optional.of("delete");
            default -> Optional.empty();
        };
    }

    /** For a collection of objects. */
    static String ofCollection(String method, boolean watch) {
        return switch (method) {
            case "GET", "HEAD" -> watch ? "watch" : "list";
            case "DELETE" -> "deletecollection";
            default -> of(method).orElseThrow();
        };
    }
}
