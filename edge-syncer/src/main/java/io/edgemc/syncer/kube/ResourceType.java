package io.edgemc.syncer.kube;

import io.edgemc.api.object.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A resource that the API server serves.
 *
 * @param version the one to use: the server's preferred one
 * @param verbs what can be done with it
 */
public record ResourceType(
        String group, String version, String resource, String kind, boolean namespaced, Set<String> verbs) {
    public ResourceType {
        verbs = Set.copyOf(verbs);
    }

    public GroupResource groupResource() {
        return new GroupResource(group, resource);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public boolean canWatch() {
        return verbs.contains("list") && verbs.contains("watch");
    }

    /** Stored objects, as opposed to reviews and metrics. */
    public boolean isStored() {
        return verbs.contains("list") && verbs.contains("delete");
    }

    /** Path of all objects of this resource. */
    public String path() {
        return root(group, version) + "/" + resource;
    }

    public String pathIn(String namespace) {
        return root(group, version) + "/namespaces/" + segment(namespace) + "/" + resource;
    }

    public String pathOf(ObjectKey key) {
        return path(version, key);
    }

    /** Path of an object in a version of its group. */
    public static String path(String version, ObjectKey key) {
        String scope = key.namespace().isEmpty() ? "" : "/namespaces/" + segment(key.namespace());
        return root(key.group(), version) + scope + "/" + key.resource() + "/" + segment(key.name());
    }

    private static String root(String group, String version) {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
