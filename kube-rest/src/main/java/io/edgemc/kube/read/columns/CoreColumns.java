package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.NONE;
import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Nodes, services, endpoints, quotas of the core group. */
final class CoreColumns {
    private static final String ROLE = "node-role.kubernetes.io/";
    private static final int MOST_ENDPOINTS = 3;

    private CoreColumns() {}

    static void addTo(Registry registry) {
        registry.text("services/Cluster-IP", service -> {
            JsonNode all = service.path("spec").path("clusterIPs");
            return or(all.isEmpty() ? at(service, "spec.clusterIP") : all.get(0).asString(""), NONE);
        });
        registry.text("services/External-IP", CoreColumns::externalAddress);
        registry.text(
                "services/Port(s)",
                service -> or(CellText.joined(service.path("spec").path("ports"), CoreColumns::port), NONE));
        registry.text("nodes/Status", node -> {
            String ready = CellText.condition(node, "Ready");
            String status = ready.isEmpty() ? "Unknown" : ready.equals("True") ? "Ready" : "NotReady";
            return node.path("spec").path("unschedulable").asBoolean(false) ? status + ",SchedulingDisabled" : status;
        });
        registry.text("nodes/Kernel-Version", node -> {
            String architecture = at(node, "status.nodeInfo.architecture");
            String kernel = or(at(node, "status.nodeInfo.kernelVersion"), "<unknown>");
            return architecture.isEmpty() ? kernel : kernel + " (" + architecture + ")";
        });
        registry.text("nodes/Roles", CoreColumns::roles);
        registry.text("nodes/Internal-IP", node -> address(node, "InternalIP"));
        registry.text("nodes/External-IP", node -> address(node, "ExternalIP"));
        registry.text("endpoints/Endpoints", CoreColumns::endpoints);
        registry.text("resourcequotas/Request", quota -> quota(quota, false));
        registry.text("resourcequotas/Limit", quota -> quota(quota, true));
    }

    private static String externalAddress(JsonNode service) {
        String listed = CellText.joined(service.path("spec").path("externalIPs"), ip -> ip.asString(""));
        return switch (or(at(service, "spec.type"), "ClusterIP")) {
            case "ClusterIP", "NodePort" -> or(listed, NONE);
            case "LoadBalancer" -> {
                String balancers = balancers(service);
                yield or(
                        balancers.isEmpty() || listed.isEmpty() ? balancers + listed : balancers + "," + listed,
                        "<pending>");
            }
            case "ExternalName" -> at(service, "spec.externalName");
            default -> "<unknown>";
        };
    }

    /** Addresses of an object's load balancers, sorted. */
    static String balancers(JsonNode object) {
        TreeSet<String> addresses = new TreeSet<>();
        for (JsonNode ingress : object.path("status").path("loadBalancer").path("ingress")) {
            String address = or(at(ingress, "ip"), at(ingress, "hostname"));
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return String.join(",", addresses);
    }

    private static String port(JsonNode port) {
        int node = port.path("nodePort").asInt(0);
        return port.path("port").asInt(0) + (node == 0 ? "" : ":" + node) + "/" + or(at(port, "protocol"), "TCP");
    }

    private static String roles(JsonNode node) {
        TreeSet<String> roles = new TreeSet<>();
        node.path("metadata").path("labels").properties().forEach(label -> {
            String value = label.getValue().asString("");
            if (label.getKey().startsWith(ROLE) && label.getKey().length() > ROLE.length()) {
                roles.add(label.getKey().substring(ROLE.length()));
            } else if (label.getKey().equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return or(String.join(",", roles), NONE);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (at(address, "type").equals(type)) {
                return at(address, "address");
            }
        }
        return NONE;
    }

    private static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            if (subset.path("ports").isEmpty()) {
                subset.path("addresses").forEach(address -> all.add(at(address, "ip")));
            }
            for (JsonNode port : subset.path("ports")) {
                subset.path("addresses")
                        .forEach(address -> all.add(
                                hostAndPort(at(address, "ip"), port.path("port").asInt(0))));
            }
        }
        return or(CellText.first(all, MOST_ENDPOINTS, ","), NONE);
    }

    private static String hostAndPort(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String quota(JsonNode quota, boolean limits) {
        Map<String, String> hard = new TreeMap<>();
        quota.path("status")
                .path("hard")
                .properties()
                .forEach(resource ->
                        hard.put(resource.getKey(), resource.getValue().asString("")));
        List<String> parts = new ArrayList<>();
        hard.forEach((resource, most) -> {
            if (resource.startsWith("limits") == limits) {
                String used = quota.path("status").path("used").path(resource).asString("0");
                parts.add(resource + ": " + used + "/" + most);
            }
        });
        return String.join(", ", parts);
    }
}
