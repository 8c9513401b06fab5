package io.edgemc.kube.rules;

import io.edgemc.kube.schema.AddressRange;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services. Addresses are checked where they are given; a view gives none. */
final class ServiceChecks {
    private static final String ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private ServiceChecks() {}

    static void of(ObjectNode service, Findings findings) {
        JsonNode spec = service.path("spec");
        String type = spec.path("type").asString("");
        boolean headless = spec.path("clusterIP").asString("").equals("None");
        if (spec.path("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            findings.required("spec.ports");
        }
        if (type.equals("ExternalName")
                && spec.path("externalName").asString("").isEmpty()) {
            findings.required("spec.externalName");
        }
        if (headless && (type.equals("NodePort") || type.equals("LoadBalancer"))) {
            findings.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
        }
        addresses(spec, findings);
        ports(spec.path("ports"), type, findings);
        JsonNode policy = spec.path("externalTrafficPolicy");
        boolean outside = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || !spec.path("externalIPs").isEmpty();
        if (policy.isString() && !outside) {
            findings.invalid(
                    "spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        }
    }

    private static void addresses(JsonNode spec, Findings findings) {
        String own = spec.path("clusterIP").asString("");
        if (!own.isEmpty() && !own.equals("None") && AddressRange.address(own) == null) {
            findings.invalid("spec.clusterIPs[0]", own, ADDRESS);
        }
        JsonNode external = spec.path("externalIPs");
        for (int i = 0; i < external.size(); i++) {
            if (AddressRange.address(external.get(i).asString("")) == null) {
                findings.invalid("spec.externalIPs[" + i + "]", external.get(i), ADDRESS);
            }
        }
    }

    private static void ports(JsonNode ports, String type, Findings findings) {
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String at = "spec.ports[" + i + "]";
            JsonNode name = port.path("name");
            if (ports.size() > 1 && name.asString("").isEmpty()) {
                findings.required(at + ".name");
            } else if (!name.asString("").isEmpty() && !names.add(name.asString())) {
                findings.duplicate(at + ".name", name);
            }
            ContainerChecks.port(port.path("targetPort"), at + ".targetPort", findings);
            String protocol = port.path("protocol").asString("");
            if (!numbers.add(protocol + "/" + port.path("port").asInt(0))) {
                ObjectNode shown = port.isObject() ? ((ObjectNode) port).objectNode() : null;
                if (shown != null) {
                    findings.duplicate(
                            at,
                            shown.put("Name", "")
                                    .put("Protocol", protocol)
                                    .putNull("AppProtocol")
                                    .put("Port", port.path("port").asInt(0))
                                    .put("TargetPort", 0)
                                    .put("NodePort", 0));
                }
            }
            if (port.path("nodePort").asInt(0) != 0 && (type.equals("ClusterIP") || type.equals("ExternalName"))) {
                findings.forbidden(at + ".nodePort", "may not be used when `type` is '" + type + "'");
            }
        }
    }
}
