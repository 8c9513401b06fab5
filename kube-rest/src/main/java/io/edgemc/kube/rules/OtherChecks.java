package io.edgemc.kube.rules;

import io.edgemc.kube.schema.Quantity;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims of volumes, ingresses, disruption budgets. */
final class OtherChecks {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private OtherChecks() {}

    static void of(String kind, ObjectNode object, Findings findings) {
        JsonNode spec = object.path("spec");
        switch (kind) {
            case "persistentvolumeclaims" -> claim(spec, findings);
            case "ingresses.networking.k8s.io" -> ingress(spec, findings);
            default -> budget(spec, findings);
        }
    }

    private static void claim(JsonNode spec, Findings findings) {
        if (spec.path("accessModes").isEmpty()) {
            findings.required("spec.accessModes", "at least 1 access mode is required");
        }
        for (JsonNode mode : spec.path("accessModes")) {
            if (!MODES.contains(mode.asString(""))) {
                findings.unsupported("spec.accessModes", mode, MODES);
            }
        }
        JsonNode storage = spec.path("resources").path("requests").path("storage");
        Quantity quantity = storage.isMissingNode() ? null : Quantity.parsed(storage.asString(""));
        if (storage.isMissingNode()) {
            findings.required("spec.resources[storage]");
        } else if (quantity != null && quantity.value().signum() <= 0) {
            findings.invalid("spec.resources[storage]", quantity.toString(), "must be greater than zero");
        }
    }

    private static void ingress(JsonNode spec, Findings findings) {
        if (spec.path("rules").isEmpty() && !spec.has("defaultBackend")) {
            findings.invalid("spec", spec.path("none"), "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.path("defaultBackend").isObject()) {
            backend(spec.path("defaultBackend"), "spec.defaultBackend", findings);
        }
        for (int i = 0; i < spec.path("rules").size(); i++) {
            JsonNode paths = spec.path("rules").get(i).path("http").path("paths");
            for (int j = 0; j < paths.size(); j++) {
                String at = "spec.rules[" + i + "].http.paths[" + j + "]";
                JsonNode path = paths.get(j).path("path");
                String type = paths.get(j).path("pathType").asString("");
                if (type.isEmpty()) {
                    findings.required(at + ".pathType", "pathType must be specified");
                } else if (!type.equals("ImplementationSpecific")
                        && !path.asString("").startsWith("/")) {
                    findings.invalid(at + ".path", path, "must be an absolute path");
                }
                backend(paths.get(j).path("backend"), at + ".backend", findings);
            }
        }
    }

    private static void backend(JsonNode backend, String path, Findings findings) {
        JsonNode service = backend.path("service");
        if (!service.isObject() && !backend.path("resource").isObject()) {
            findings.invalid(path, "", "resource or service backend is required");
        } else if (service.isObject()) {
            JsonNode port = service.path("port");
            if (port.path("name").asString("").isEmpty() && port.path("number").asInt(0) == 0) {
                findings.required(path, "port name or number is required");
            }
        }
    }

    private static void budget(JsonNode spec, Findings findings) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            ObjectNode shown = ((ObjectNode) spec).objectNode();
            shown.set("MinAvailable", spec.get("minAvailable"));
            shown.set("Selector", spec.get("selector"));
            shown.set("MaxUnavailable", spec.get("maxUnavailable"));
            shown.set("UnhealthyPodEvictionPolicy", spec.get("unhealthyPodEvictionPolicy"));
            findings.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set");
        }
        for (String member : List.of("minAvailable", "maxUnavailable")) {
            JsonNode value = spec.path(member);
            String text = value.asString("");
            if (value.isNumber() && value.asInt() < 0) {
                findings.invalid("spec." + member, value, "must be greater than or equal to 0");
            } else if (text.matches("[0-9]{1,9}%") && Integer.parseInt(text.substring(0, text.length() - 1)) > 100) {
                findings.invalid("spec." + member, value, "must not be greater than 100%");
            }
        }
    }
}
