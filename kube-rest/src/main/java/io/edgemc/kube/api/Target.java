package io.edgemc.kube.api;

import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import java.util.Objects;

/**
 * What a request is about.
 *
 * @param kind the kind
 * @param version the version of it that the client speaks
 * @param namespace empty for cluster-scoped kinds and for all namespaces
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
public record Target(ServedKind kind, String version, String namespace, String name, String subresource) {
    public ServedVersion served() {
        return Objects.requireNonNull(kind.version(version));
    }

    /** What Kubernetes calls the kind's objects inside, such as {@code core.ConfigMap}; some of its messages say so. */
    public String internalType() {
        String group = kind.ref().group();
        return (group.isEmpty() ? "core" : group.split("\\.", 2)[0]) + "." + kind.kind();
    }

    public String apiVersion() {
        return kind.apiVersion(version);
    }
}
