package io.edgemc.kube.rules;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How much of what it may use a Pod is promised. */
public final class QualityOfService {
    private QualityOfService() {}

    /**
     * Of a Pod's spec whose defaults are filled in.
     *
     * @return {@code Guaranteed}, {@code Burstable} or {@code BestEffort}
     */
    public static String of(JsonNode spec) {
        boolean any = false;
        boolean all = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode limits = container.path("resources").path("limits");
                JsonNode requests = container.path("resources").path("requests");
                for (String resource : List.of("cpu", "memory")) {
                    any |= limits.has(resource) || requests.has(resource);
                    all &= limits.has(resource) && limits.get(resource).equals(requests.get(resource));
                }
            }
        }
        return !any ? "BestEffort" : all ? "Guaranteed" : "Burstable";
    }
}
