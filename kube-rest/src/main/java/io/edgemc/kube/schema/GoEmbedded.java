package io.edgemc.kube.schema;

import java.util.Map;
import java.util.Set;

/** Go structs that others embed. JSON shows their fields as those of the struct around them; Go's messages name both. */
final class GoEmbedded {
    private static final Set<String> NAMED = Set.of(
            "ConfigMapKeySelector",
            "SecretKeySelector",
            "ConfigMapEnvSource",
            "SecretEnvSource",
            "ConfigMapProjection",
            "SecretProjection",
            "ConfigMapVolumeSource");
    private static final Map<String, Set<String>> HANDLERS =
            Map.of("Probe", Set.of("exec", "httpGet", "tcpSocket", "grpc"));

    private GoEmbedded() {}

    /** The way from a struct to one of its fields: {@code ProbeHandler.exec}, or the field's name alone. */
    static String path(String struct, String field) {
        if (HANDLERS.getOrDefault(struct, Set.of()).contains(field)) {
            return "ProbeHandler." + field;
        }
        if (struct.equals("Volume") && !field.equals("name")) {
            return "VolumeSource." + field;
        }
        if (struct.equals("EphemeralContainer") && !field.equals("targetContainerName")) {
            return "EphemeralContainerCommon." + field;
        }
        return NAMED.contains(struct) && field.equals("name") ? "LocalObjectReference." + field : field;
    }
}
