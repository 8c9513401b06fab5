package io.edgemc.kube.rules;

import io.edgemc.kube.schema.AddressRange;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Network policies: ports and peers of both directions. */
final class NetworkChecks {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private NetworkChecks() {}

    static void of(JsonNode spec, Findings findings) {
        Selectors.parts("spec.podSelector", spec.path("podSelector"), findings);
        direction(spec.path("ingress"), "spec.ingress", "from", findings);
        direction(spec.path("egress"), "spec.egress", "to", findings);
    }

    private static void direction(JsonNode rules, String path, String peers, Findings findings) {
        for (int i = 0; i < rules.size(); i++) {
            JsonNode ports = rules.get(i).path("ports");
            for (int j = 0; j < ports.size(); j++) {
                port(ports.get(j), path + "[" + i + "].ports[" + j + "]", findings);
            }
            JsonNode others = rules.get(i).path(peers);
            for (int j = 0; j < others.size(); j++) {
                peer(others.get(j), path + "[" + i + "]." + peers + "[" + j + "]", findings);
            }
        }
    }

    private static void port(JsonNode port, String path, Findings findings) {
        JsonNode protocol = port.path("protocol");
        if (protocol.isString() && !PROTOCOLS.contains(protocol.asString())) {
            findings.unsupported(path + ".protocol", protocol, PROTOCOLS);
        }
        JsonNode from = port.path("port");
        JsonNode end = port.path("endPort");
        ContainerChecks.port(from, path + ".port", findings);
        if (!end.isNumber()) {
            return;
        }
        if (from.isMissingNode()) {
            findings.invalid(path + ".endPort", end, "may not be specified when `port` is not specified");
        } else if (from.isString()) {
            findings.invalid(path + ".endPort", end, "may not be specified when `port` is non-numeric");
        } else {
            if (end.asInt() < from.asInt()) {
                findings.invalid(path + ".endPort", from, "must be greater than or equal to `port`");
            }
            ContainerChecks.port(end, path + ".endPort", findings);
        }
    }

    private static void peer(JsonNode peer, String path, Findings findings) {
        JsonNode block = peer.path("ipBlock");
        boolean selects = peer.path("podSelector").isObject()
                || peer.path("namespaceSelector").isObject();
        Selectors.parts(path + ".podSelector", peer.path("podSelector"), findings);
        Selectors.parts(path + ".namespaceSelector", peer.path("namespaceSelector"), findings);
        if (block.isObject()) {
            if (block.path("cidr").asString("").isEmpty()) {
                findings.required(path + ".ipBlock.cidr");
            } else if (AddressRange.parsed(block.path("cidr").asString()) == null) {
                findings.invalid(
                        path + ".ipBlock.cidr",
                        block.path("cidr"),
                        "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
        if (block.isObject() && selects) {
            findings.forbidden(path, "may not specify both ipBlock and another peer");
        } else if (!block.isObject() && !selects) {
            findings.required(path, "must specify a peer");
        }
    }
}
