package io.edgemc.gateway.request;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a Kubernetes client wants from its path, as an API server does. */
final class KubernetesPath {
    private static final Set<String> OF_NAMESPACE_ITSELF = Set.of("status", "finalize");

    private KubernetesPath() {}

    /** @param rest segments after the area's own */
    static Action action(String method, List<String> rest, boolean watch) {
        int resourceAt = resourceAt(rest);
        if (resourceAt < 0) {
            return new OnPath(Verbs.of(method).orElseThrow(), "/" + String.join("/", rest));
        }
        String group = rest.getFirst().equals("api") ? "" : rest.get(1);
        List<String> parts = rest.subList(resourceAt, rest.size());
        String namespace = null;
        if (isNamespaced(parts)) {
            namespace = parts.get(1);
            parts = parts.subList(2, parts.size());
        }
        return onResource(method, watch, group, namespace, parts);
    }

    /** Where the resource's name is; negative for discovery and other paths. */
    private static int resourceAt(List<String> rest) {
        if (rest.size() >= 3 && rest.getFirst().equals("api")) {
            return 2;
        }
        return rest.size() >= 4 && rest.getFirst().equals("apis") ? 3 : -1;
    }

    private static boolean isNamespaced(List<String> parts) {
        return parts.size() > 2
                && parts.getFirst().equals("namespaces")
                && !(parts.size() == 3 && OF_NAMESPACE_ITSELF.contains(parts.get(2)));
    }

    private static OnResource onResource(
            String method, boolean watch, String group, @Nullable String namespace, List<String> parts) {
        String resource = parts.getFirst();
        if (parts.size() == 1) {
            return new OnResource(Verbs.ofCollection(method, watch), group, resource, null, namespace, null);
        }
        String verb = watch && method.equals("GET") ? "watch" : Verbs.of(method).orElseThrow();
        String subresource = parts.size() == 2 ? null : String.join("/", parts.subList(2, parts.size()));
        return new OnResource(verb, group, resource, subresource, namespace, parts.get(1));
    }
}
