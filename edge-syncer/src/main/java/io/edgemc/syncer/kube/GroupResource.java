package io.edgemc.syncer.kube;

import io.edgemc.api.object.ObjectKey;

/**
 * A kind of object, whatever its version.
 *
 * @param group {@code ""} for core
 */
public record GroupResource(String group, String resource) {
    public static final GroupResource CUSTOM_RESOURCE_DEFINITIONS =
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
    public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

    public static GroupResource of(ObjectKey key) {
        return new GroupResource(key.group(), key.resource());
    }

    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
