package io.edgemc.kube.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where things are in objects of a kind. */
final class Places {
    /** Where pods are in the kinds that hold some; empty for a pod itself. */
    static final Map<String, String> PODS = Map.of(
            "pods", "spec",
            "podtemplates", "template.spec",
            "replicationcontrollers", "spec.template.spec",
            "replicasets.apps", "spec.template.spec",
            "deployments.apps", "spec.template.spec",
            "daemonsets.apps", "spec.template.spec",
            "statefulsets.apps", "spec.template.spec",
            "jobs.batch", "spec.template.spec",
            "cronjobs.batch", "spec.jobTemplate.spec.template.spec");

    private static final List<String> CONTAINERS = List.of("initContainers[*]", "containers[*]");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HANDLERS =
            List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle.preStop", "lifecycle.postStart");

    private Places() {}

    /** A path in a kind. */
    record In(String kind, String path) {}

    /** {@code @pods}, {@code @containers}, {@code @probes}, {@code @handlers}, or kinds, and a path below. */
    static List<In> of(String kinds, String path) {
        List<In> all = new ArrayList<>();
        for (String kind : kinds.split(" ")) {
            switch (kind) {
                case "@pods" -> PODS.forEach((k, pod) -> all.add(new In(k, pod + "." + path)));
                case "@containers" -> containers("", path, all);
                case "@probes" -> PROBES.forEach(probe -> containers(probe + ".", path, all));
                case "@handlers" -> HANDLERS.forEach(handler -> containers(handler + ".", path, all));
                default -> all.add(new In(kind, path));
            }
        }
        return all;
    }

    private static void containers(String below, String path, List<In> all) {
        PODS.forEach((kind, pod) ->
                CONTAINERS.forEach(container -> all.add(new In(kind, pod + "." + container + "." + below + path))));
    }

    /** Sees the object that holds the last member of a path; {@code at} is that object's own path. */
    @FunctionalInterface
    interface Visitor {
        void visit(ObjectNode holder, String at);
    }

    /** Visits every object that the path leads to, up to its last member. */
    static void visit(JsonNode node, List<String> members, String at, Visitor visitor) {
        if (members.size() == 1) {
            if (node instanceof ObjectNode holder) {
                visitor.visit(holder, at);
            }
            return;
        }
        String first = members.getFirst();
        List<String> rest = members.subList(1, members.size());
        if (!first.endsWith("[*]")) {
            visit(node.path(first), rest, join(at, first), visitor);
            return;
        }
        String list = first.substring(0, first.length() - 3);
        JsonNode items = node.path(list);
        for (int i = 0; items.isArray() && i < items.size(); i++) {
            visit(items.get(i), rest, join(at, list) + "[" + i + "]", visitor);
        }
    }

    static List<String> members(String path) {
        return List.of(path.split("\\."));
    }

    static String join(String at, String member) {
        return at.isEmpty() ? member : at + "." + member;
    }

    static JsonNode node(JsonNode object, String path) {
        JsonNode node = object;
        for (String member : path.split("\\.")) {
            node = node.path(member);
        }
        return node;
    }
}
