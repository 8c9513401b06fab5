package io.edgemc.kube.rules;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of Services that depend on other values. Addresses are not among them: a view has none to give. */
final class ServiceDefaults {
    private ServiceDefaults() {}

    static void apply(ObjectNode service) {
        if (!(service.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        for (JsonNode port : spec.path("ports")) {
            JsonNode target = port.path("targetPort");
            boolean none = target.isMissingNode()
                    || target.isNumber() && target.asInt() == 0
                    || target.isString() && target.asString().isEmpty();
            if (none && port instanceof ObjectNode node && port.has("port")) {
                node.set("targetPort", port.get("port"));
            }
        }
    }

    /** What nobody owns, as a server sets it after it looked who owns what. */
    static void decide(ObjectNode service) {
        if (!(service.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        String address = spec.path("clusterIP").asString("");
        if (!address.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(address);
        }
        if (!spec.path("type").asString("").equals("ExternalName")) {
            families(spec);
        }
    }

    /** What a server with addresses of one family says. Who names its addresses itself may name some of both. */
    private static void families(ObjectNode spec) {
        boolean both = spec.path("clusterIP").asString("").equals("None")
                && spec.path("selector").isEmpty();
        if (!spec.has("ipFamilyPolicy")) {
            spec.put("ipFamilyPolicy", both ? "RequireDualStack" : "SingleStack");
        }
        if (!spec.has("ipFamilies")) {
            ArrayNode families = spec.putArray("ipFamilies").add("IPv4");
            if (both) {
                families.add("IPv6");
            }
        }
    }
}
