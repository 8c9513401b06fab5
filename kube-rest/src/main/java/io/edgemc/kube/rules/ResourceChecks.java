package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.schema.Quantity;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Names of resources, and how much of them may be asked for. */
final class ResourceChecks {
    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> QUOTA = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceChecks() {}

    /** {@code path} is that of the list of limits or requests. */
    static void container(JsonNode list, String path, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            String at = path + "[" + entry.getKey() + "]";
            boolean standard =
                    CONTAINER.contains(entry.getKey()) || entry.getKey().startsWith("hugepages-");
            named(entry.getKey(), at, standard, "must be a standard resource for containers", findings);
            whole(entry, at, entry.getKey().indexOf('/') > 0 && !isNative(entry.getKey()), findings);
        }
    }

    /** What cannot be promised to several needs a limit. */
    static void overcommitted(JsonNode resources, String path, Findings findings) {
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            String name = request.getKey();
            boolean extended = name.indexOf('/') > 0 && !isNative(name) || name.startsWith("hugepages-");
            if (extended && !resources.path("limits").has(name)) {
                findings.required(path + ".limits", "Limit must be set for non overcommitable resources");
            }
        }
    }

    static void quota(JsonNode hard, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : hard.properties()) {
            String name = entry.getKey();
            String at = "spec.hard[" + name + "]";
            named(name, at, QUOTA.contains(name), "must be a standard resource for quota", findings);
            Quantity quantity = Quantity.parsed(entry.getValue().asString(""));
            if (quantity != null && quantity.value().signum() < 0) {
                findings.invalid(at, quantity.toString(), "must be greater than or equal to 0");
            }
            whole(entry, at, COUNTED.contains(name) || name.startsWith("count/"), findings);
        }
    }

    private static void named(String name, String path, boolean standard, String rule, Findings findings) {
        boolean qualified = name.indexOf('/') > 0;
        if (!Names.isLabelKey(name)) {
            findings.invalid(path, name, Names.whyNoLabelKey(name));
        } else if (!qualified && !standard) {
            findings.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        if (!qualified && !standard) {
            findings.invalid(path, name, rule);
        }
    }

    private static void whole(Map.Entry<String, JsonNode> entry, String path, boolean counts, Findings findings) {
        Quantity quantity = Quantity.parsed(entry.getValue().asString(""));
        if (counts && quantity != null && quantity.value().stripTrailingZeros().scale() > 0) {
            findings.invalid(path, quantity.toString(), "must be an integer");
        }
    }

    private static boolean isNative(String name) {
        return name.contains("kubernetes.io/");
    }
}
