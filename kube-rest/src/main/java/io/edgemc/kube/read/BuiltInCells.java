package io.edgemc.kube.read;

import io.edgemc.kube.read.Tables.Reader;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Cells of built-in kinds, as Kubernetes' printers make them from what is stored. */
final class BuiltInCells {
    private static final Map<String, Reader> READERS = new HashMap<>();

    static {
        number(
                "configmaps/Data",
                o -> o.path("data").size() + o.path("binaryData").size());
        text("secrets/Type", o -> o.path("type").asString(""));
        number("secrets/Data", o -> o.path("data").size());
        text("namespaces/Status", o -> o.path("status").path("phase").asString(""));
        number("serviceaccounts/Secrets", o -> o.path("secrets").size());
        services();
        pods();
        workloads();
        batch();
        nodes();
        events();
        text(
                "customresourcedefinitions.apiextensions.k8s.io/Created At",
                o -> o.path("metadata").path("creationTimestamp").asString(""));
        for (String roles : List.of("roles", "clusterroles")) {
            text(
                    roles + ".rbac.authorization.k8s.io/Created At",
                    o -> o.path("metadata").path("creationTimestamp").asString(""));
        }
        for (String bindings : List.of("rolebindings", "clusterrolebindings")) {
            String ref = bindings + ".rbac.authorization.k8s.io/";
            text(
                    ref + "Role",
                    o -> o.path("roleRef").path("kind").asString("") + "/"
                            + o.path("roleRef").path("name").asString(""));
            text(ref + "Users", o -> subjects(o, "User"));
            text(ref + "Groups", o -> subjects(o, "Group"));
            text(ref + "ServiceAccounts", o -> subjects(o, "ServiceAccount"));
        }
    }

    private BuiltInCells() {}

    static @Nullable Reader of(KindRef kind, String column) {
        return READERS.get(kind + "/" + column);
    }

    private static void services() {
        text("services/Type", o -> or(o.path("spec").path("type").asString(""), "ClusterIP"));
        text("services/Cluster-IP", o -> or(o.path("spec").path("clusterIP").asString(""), "<none>"));
        text("services/External-IP", o -> {
            String type = o.path("spec").path("type").asString("");
            String listed = joined(o.path("spec").path("externalIPs"), ip -> ip.asString(""));
            return switch (type) {
                case "ExternalName" -> o.path("spec").path("externalName").asString("");
                case "LoadBalancer" -> or(listed, "<pending>");
                default -> or(listed, "<none>");
            };
        });
        text("services/Port(s)", o -> or(joined(o.path("spec").path("ports"), BuiltInCells::port), "<none>"));
        text("services/Selector", o -> pairs(o.path("spec").path("selector")));
    }

    private static void pods() {
        text(
                "pods/Ready",
                o -> ready(o.path("status").path("containerStatuses")) + "/"
                        + o.path("spec").path("containers").size());
        text("pods/Status", o -> {
            String phase = or(
                    o.path("status").path("reason").asString(""),
                    o.path("status").path("phase").asString(""));
            return o.path("metadata").has("deletionTimestamp") ? "Terminating" : phase;
        });
        text("pods/Restarts", o -> {
            int restarts = 0;
            for (JsonNode status : o.path("status").path("containerStatuses")) {
                restarts += status.path("restartCount").asInt(0);
            }
            return Integer.toString(restarts);
        });
        text("pods/IP", o -> or(o.path("status").path("podIP").asString(""), "<none>"));
        text("pods/Node", o -> or(o.path("spec").path("nodeName").asString(""), "<none>"));
        text(
                "pods/Nominated Node",
                o -> or(o.path("status").path("nominatedNodeName").asString(""), "<none>"));
        text("pods/Readiness Gates", o -> {
            int gates = o.path("spec").path("readinessGates").size();
            return gates == 0 ? "<none>" : "0/" + gates;
        });
    }

    private static void workloads() {
        text(
                "deployments.apps/Ready",
                o -> o.path("status").path("readyReplicas").asInt(0) + "/" + replicas(o));
        number(
                "deployments.apps/Up-to-date",
                o -> o.path("status").path("updatedReplicas").asInt(0));
        number(
                "deployments.apps/Available",
                o -> o.path("status").path("availableReplicas").asInt(0));
        text(
                "statefulsets.apps/Ready",
                o -> o.path("status").path("readyReplicas").asInt(0) + "/" + replicas(o));
        for (String kind : List.of("replicasets.apps", "replicationcontrollers")) {
            number(kind + "/Desired", BuiltInCells::replicas);
            number(kind + "/Current", o -> o.path("status").path("replicas").asInt(0));
            number(kind + "/Ready", o -> o.path("status").path("readyReplicas").asInt(0));
        }
        number(
                "daemonsets.apps/Desired",
                o -> o.path("status").path("desiredNumberScheduled").asInt(0));
        number(
                "daemonsets.apps/Current",
                o -> o.path("status").path("currentNumberScheduled").asInt(0));
        number(
                "daemonsets.apps/Ready",
                o -> o.path("status").path("numberReady").asInt(0));
        number(
                "daemonsets.apps/Up-to-date",
                o -> o.path("status").path("updatedNumberScheduled").asInt(0));
        number(
                "daemonsets.apps/Available",
                o -> o.path("status").path("numberAvailable").asInt(0));
        text("daemonsets.apps/Node Selector", o -> pairs(podSpec(o).path("nodeSelector")));
        for (String kind : List.of(
                "deployments.apps",
                "statefulsets.apps",
                "replicasets.apps",
                "daemonsets.apps",
                "replicationcontrollers",
                "jobs.batch")) {
            text(
                    kind + "/Containers",
                    o -> joined(
                            podSpec(o).path("containers"), c -> c.path("name").asString("")));
            text(
                    kind + "/Images",
                    o -> joined(
                            podSpec(o).path("containers"), c -> c.path("image").asString("")));
            text(kind + "/Selector", BuiltInCells::selector);
        }
    }

    private static void batch() {
        text("jobs.batch/Status", o -> {
            for (JsonNode condition : o.path("status").path("conditions")) {
                if (condition.path("status").asString("").equals("True")) {
                    return condition.path("type").asString("");
                }
            }
            return o.path("metadata").has("deletionTimestamp") ? "Terminating" : "Running";
        });
        text(
                "jobs.batch/Completions",
                o -> o.path("status").path("succeeded").asInt(0) + "/"
                        + o.path("spec").path("completions").asInt(1));
        READERS.put("jobs.batch/Duration", (o, now) -> {
            String start = o.path("status").path("startTime").asString("");
            return JsonNodeFactory.instance.stringNode(start.isEmpty() ? "" : Ages.since(start, now));
        });
    }

    private static void nodes() {
        text("nodes/Status", o -> {
            for (JsonNode condition : o.path("status").path("conditions")) {
                if (condition.path("type").asString("").equals("Ready")) {
                    return condition.path("status").asString("").equals("True") ? "Ready" : "NotReady";
                }
            }
            return "Unknown";
        });
        text("nodes/Roles", o -> {
            List<String> roles = new ArrayList<>();
            for (Map.Entry<String, JsonNode> label :
                    o.path("metadata").path("labels").properties()) {
                if (label.getKey().startsWith("node-role.kubernetes.io/")) {
                    roles.add(label.getKey().substring("node-role.kubernetes.io/".length()));
                }
            }
            return or(String.join(",", roles), "<none>");
        });
        text("nodes/Version", o -> info(o, "kubeletVersion"));
        text("nodes/Internal-IP", o -> address(o, "InternalIP"));
        text("nodes/External-IP", o -> address(o, "ExternalIP"));
        text("nodes/OS-Image", o -> or(info(o, "osImage"), "<unknown>"));
        text("nodes/Kernel-Version", o -> or(info(o, "kernelVersion"), "<unknown>"));
        text("nodes/Container-Runtime", o -> or(info(o, "containerRuntimeVersion"), "<unknown>"));
    }

    private static void events() {
        READERS.put(
                "events/Last Seen",
                (o, now) -> JsonNodeFactory.instance.stringNode(Ages.since(
                        or(
                                o.path("lastTimestamp").asString(""),
                                o.path("metadata").path("creationTimestamp").asString("")),
                        now)));
        READERS.put(
                "events/First Seen",
                (o, now) -> JsonNodeFactory.instance.stringNode(
                        Ages.since(o.path("firstTimestamp").asString(""), now)));
        text("events/Type", o -> o.path("type").asString(""));
        text("events/Reason", o -> o.path("reason").asString(""));
        text(
                "events/Object",
                o -> o.path("involvedObject").path("kind").asString("").toLowerCase(java.util.Locale.ROOT) + "/"
                        + o.path("involvedObject").path("name").asString(""));
        text("events/Subobject", o -> o.path("involvedObject").path("fieldPath").asString(""));
        text(
                "events/Source",
                o -> or(
                        o.path("source").path("component").asString(""),
                        o.path("reportingComponent").asString("")));
        text("events/Message", o -> o.path("message").asString("").strip());
        number("events/Count", o -> o.path("count").asInt(1));
    }

    private static void text(String column, Function<JsonNode, String> reader) {
        READERS.put(column, (object, now) -> JsonNodeFactory.instance.stringNode(reader.apply(object)));
    }

    private static void number(String column, ToIntFunction<JsonNode> reader) {
        READERS.put(column, (object, now) -> JsonNodeFactory.instance.numberNode(reader.applyAsInt(object)));
    }

    private static int replicas(JsonNode object) {
        return object.path("spec").path("replicas").asInt(1);
    }

    private static JsonNode podSpec(JsonNode object) {
        return object.path("spec").path("template").path("spec");
    }

    private static String selector(JsonNode object) {
        JsonNode selector = object.path("spec").path("selector");
        return pairs(selector.has("matchLabels") ? selector.path("matchLabels") : selector);
    }

    private static String pairs(JsonNode map) {
        List<String> pairs = new ArrayList<>();
        map.properties().stream()
                .filter(entry -> !entry.getValue().isContainer())
                .forEach(entry ->
                        pairs.add(entry.getKey() + "=" + entry.getValue().asString("")));
        return or(String.join(",", pairs), "<none>");
    }

    private static String joined(JsonNode array, Function<JsonNode, String> part) {
        List<String> parts = new ArrayList<>();
        array.forEach(element -> parts.add(part.apply(element)));
        return String.join(",", parts);
    }

    private static String port(JsonNode port) {
        int node = port.path("nodePort").asInt(0);
        return port.path("port").asInt(0) + (node == 0 ? "" : ":" + node) + "/"
                + or(port.path("protocol").asString(""), "TCP");
    }

    private static int ready(JsonNode statuses) {
        int ready = 0;
        for (JsonNode status : statuses) {
            ready += status.path("ready").asBoolean(false) ? 1 : 0;
        }
        return ready;
    }

    private static String subjects(JsonNode binding, String kind) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : binding.path("subjects")) {
            if (subject.path("kind").asString("").equals(kind)) {
                String namespace = subject.path("namespace").asString("");
                names.add((namespace.isEmpty() ? "" : namespace + "/")
                        + subject.path("name").asString(""));
            }
        }
        return String.join(", ", names);
    }

    private static String info(JsonNode node, String member) {
        return node.path("status").path("nodeInfo").path(member).asString("");
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asString("").equals(type)) {
                return address.path("address").asString("");
            }
        }
        return "<none>";
    }

    private static String or(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }
}
