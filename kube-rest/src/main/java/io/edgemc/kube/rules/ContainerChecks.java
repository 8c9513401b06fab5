package io.edgemc.kube.rules;

import io.edgemc.kube.schema.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Containers: ports, probes, environment, resources, mounts. */
final class ContainerChecks {
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final String RANGE = "must be between 1 and 65535, inclusive";

    private ContainerChecks() {}

    static void of(JsonNode container, String path, Set<String> volumes, boolean main, Findings findings) {
        String image = container.path("image").asString("");
        if (!image.isEmpty() && !image.equals(image.strip())) {
            findings.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
        ports(container.path("ports"), path, findings);
        environment(container.path("env"), path + ".env", findings);
        mounts(container.path("volumeMounts"), path + ".volumeMounts", volumes, findings);
        resources(container.path("resources"), path + ".resources", findings);
        SecurityChecks.ofContainer(container.path("securityContext"), path + ".securityContext", findings);
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (main && container.path(probe).isObject()) {
                probe(container.path(probe), path + "." + probe, !probe.equals("readinessProbe"), findings);
            }
        }
    }

    private static void ports(JsonNode ports, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String at = path + ".ports[" + i + "]";
            JsonNode number = port.path("containerPort");
            if (number.asInt(0) == 0) {
                findings.required(at + ".containerPort");
            } else if (number.asInt() < 0 || number.asInt() > 65535) {
                findings.invalid(at + ".containerPort", number, RANGE);
            }
            JsonNode name = port.path("name");
            if (!name.asString("").isEmpty()) {
                List<String> wrong = portName(name.asString());
                wrong.forEach(why -> findings.invalid(at + ".name", name, why));
                if (wrong.isEmpty() && !names.add(name.asString())) {
                    findings.duplicate(at + ".name", name);
                }
            }
        }
    }

    /** What is wrong with the name of a port. */
    static List<String> portName(String name) {
        List<String> wrong = new ArrayList<>();
        if (name.length() > 15) {
            wrong.add("must be no more than 15 characters");
        }
        if (!name.matches("[-a-z0-9]*")) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!name.matches(".*[a-z].*")) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    /** A port by number or name. */
    static void port(JsonNode port, String path, Findings findings) {
        if (port.isNumber() && (port.asInt() < 1 || port.asInt() > 65535)) {
            findings.invalid(path, port, RANGE);
        } else if (port.isString()) {
            portName(port.asString()).forEach(why -> findings.invalid(path, port, why));
        }
    }

    private static void probe(JsonNode probe, String path, boolean once, Findings findings) {
        List<String> given = HANDLERS.stream().filter(probe::has).toList();
        if (given.isEmpty()) {
            findings.required(path, "must specify a handler type");
        }
        given.stream()
                .skip(1)
                .forEach(more -> findings.forbidden(path + "." + more, "may not specify more than 1 handler type"));
        if (probe.path("exec").isObject() && probe.path("exec").path("command").isEmpty()) {
            findings.required(path + ".exec.command");
        }
        if (given.size() == 1) {
            port(probe.path("httpGet").path("port"), path + ".httpGet.port", findings);
            port(probe.path("tcpSocket").path("port"), path + ".tcpSocket.port", findings);
        }
        JsonNode success = probe.path("successThreshold");
        if (once && success.asInt(1) > 1) {
            findings.invalid(path + ".successThreshold", success, "must be 1");
        }
    }

    private static void environment(JsonNode variables, String path, Findings findings) {
        for (int i = 0; i < variables.size(); i++) {
            JsonNode variable = variables.get(i);
            String at = path + "[" + i + "]";
            String name = variable.path("name").asString("");
            if (name.indexOf('=') >= 0 || !name.chars().allMatch(c -> c >= ' ' && c < 127)) {
                findings.invalid(
                        at + ".name",
                        name,
                        "a valid environment variable name must consist only of printable ASCII characters other than"
                                + " '='");
            }
            JsonNode from = variable.path("valueFrom");
            if (from.isObject() && from.isEmpty()) {
                findings.invalid(
                        at + ".valueFrom",
                        "",
                        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                                + " `fileKeyRef`");
            } else if (from.isObject() && !variable.path("value").asString("").isEmpty()) {
                findings.invalid(at + ".valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private static void mounts(JsonNode mounts, String path, Set<String> volumes, Findings findings) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            JsonNode mount = mounts.get(i);
            String at = path + "[" + i + "]";
            String name = mount.path("name").asString("");
            if (name.isEmpty()) {
                findings.required(at + ".name");
            } else if (!volumes.contains(name)) {
                findings.notFound(at + ".name", name);
            }
            JsonNode where = mount.path("mountPath");
            if (!where.asString("").isEmpty() && !paths.add(where.asString())) {
                findings.invalid(at + ".mountPath", where, "must be unique");
            }
        }
    }

    private static void resources(JsonNode resources, String path, Findings findings) {
        for (String list : List.of("limits", "requests")) {
            ResourceChecks.container(resources.path(list), path + "." + list, findings);
            for (Map.Entry<String, JsonNode> entry : resources.path(list).properties()) {
                Quantity quantity = Quantity.parsed(entry.getValue().asString(""));
                if (quantity != null && quantity.value().signum() < 0) {
                    findings.invalid(
                            path + "." + list + "[" + entry.getKey() + "]",
                            quantity.toString(),
                            "must be greater than or equal to 0");
                }
            }
        }
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            JsonNode limit = resources.path("limits").path(request.getKey());
            Quantity asked = Quantity.parsed(request.getValue().asString(""));
            Quantity most = limit.isMissingNode() ? null : Quantity.parsed(limit.asString(""));
            if (asked != null && most != null && asked.compareTo(most) > 0) {
                findings.invalid(
                        path + ".requests",
                        asked.toString(),
                        "must be less than or equal to " + request.getKey() + " limit of " + most);
            }
        }
        ResourceChecks.overcommitted(resources, path, findings);
    }
}
