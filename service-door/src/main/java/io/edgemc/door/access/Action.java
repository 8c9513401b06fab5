package io.edgemc.door.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants to do in an area, in the words of Kubernetes. */
public sealed interface Action {
    Set<String> READING = Set.of("get", "list", "watch");

    /** {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, …, {@code *}. */
    String verb();

    default boolean reads() {
        return READING.contains(verb());
    }

    /**
     * Something done to objects.
     *
     * @param group API group, {@code ""} for core, {@code *} for any
     * @param resource lower-case plural, {@code *} for any
     * @param namespace null for cluster-scoped objects or all namespaces
     * @param name null for a collection
     */
    record OnResource(
            String verb,
            String group,
            String resource,
            @Nullable String subresource,
            @Nullable String namespace,
            @Nullable String name)
            implements Action {

        public OnResource {
            if (verb.isBlank() || resource.isBlank()) {
                throw new IllegalArgumentException("an action has a verb and a resource");
            }
        }

        /** {@code deployments.apps/scale}. */
        public String resourceText() {
            return (group.isEmpty() ? resource : resource + "." + group)
                    + (subresource == null ? "" : "/" + subresource);
        }

        /** Whether objects of this resource may be Secrets. */
        boolean touchesSecrets() {
            boolean secrets = resource.equals("secrets") || resource.equals("*");
            return secrets && (group.isEmpty() || group.equals("*"));
        }
    }

    /** Something done to a path that is no object: discovery, a JSON API. The path is relative to its area. */
    record OnPath(String verb, String path) implements Action {}
}
