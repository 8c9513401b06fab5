package io.edgemc.placement.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works out what each cluster should hold the slow way: every cluster times every object times every placement, over raw JSON.
 * Knows only the features that {@link World} uses, and shares no code with the model.
 */
final class Oracle {
    /** Cluster name to key to JSON, as of the last look; what cannot be rendered stays as it was. */
    final Map<String, Map<String, String>> held = new TreeMap<>();

    record Placed(String space, Change.ObjectWritten object, ObjectNode body, String policy) {}

    void look(TestHub hub) {
        for (ClusterFacts cluster : hub.clusters.values()) {
            if (cluster.state() != ClusterFacts.State.ACTIVE || cluster.paused()) {
                continue;
            }
            Map<String, String> before = held.getOrDefault(cluster.name(), Map.of());
            held.put(cluster.name(), cluster(hub, cluster, before));
        }
        held.keySet().removeIf(name -> !hub.clusters.containsKey("uid-" + name));
    }

    private Map<String, String> cluster(TestHub hub, ClusterFacts cluster, Map<String, String> before) {
        Map<String, List<Placed>> candidates = new TreeMap<>();
        Map<String, String> result = new TreeMap<>();
        List<Change.ObjectWritten> all = new ArrayList<>(hub.objects.values());
        for (Change.ObjectWritten placement : all) {
            if (!placement.key().resource().equals("edgeplacements")) {
                continue;
            }
            JsonNode spec = placement.body().get().path("spec");
            if (!anyLabels(spec.path("locationSelectors"), cluster.labels())) {
                continue;
            }
            for (Change.ObjectWritten object : all) {
                if (!object.space().equals(placement.space())
                        || object.key().group().equals("edge-mc.io")) {
                    continue;
                }
                if (selected(all, spec, object)) {
                    add(candidates, object, spec);
                    String kind = object.key().groupResource();
                    for (Change.ObjectWritten crd : all) {
                        if (crd.space().equals(object.space())
                                && crd.key().resource().equals("customresourcedefinitions")
                                && crd.key().name().equals(kind)) {
                            add(candidates, crd, spec);
                        }
                    }
                    if (!object.key().namespace().isEmpty()) {
                        String name = object.key().namespace();
                        result.put(
                                "namespaces//" + name,
                                Json.text(Json.object(
                                        "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "'}}")));
                    }
                }
            }
        }
        candidates.forEach((key, placed) -> decide(cluster, key, placed, before, result));
        return result;
    }

    private static void add(Map<String, List<Placed>> candidates, Change.ObjectWritten object, JsonNode spec) {
        candidates
                .computeIfAbsent(object.key().text(), any -> new ArrayList<>())
                .add(new Placed(
                        object.space(),
                        object,
                        object.body().get(),
                        spec.path("conflictPolicy").asString("latest")));
    }

    private static void decide(
            ClusterFacts cluster,
            String key,
            List<Placed> placed,
            Map<String, String> before,
            Map<String, String> result) {
        Map<String, String> bySpace = new TreeMap<>();
        boolean refuse = false;
        boolean failed = false;
        Placed latest = placed.getFirst();
        for (Placed one : placed) {
            refuse |= one.policy().equals("refuse");
            String rendered = render(cluster, one.body());
            failed |= rendered == null;
            bySpace.put(one.space(), rendered == null ? "" : rendered);
            if (one.object().revision() > latest.object().revision()) {
                latest = one;
            }
        }
        boolean same = bySpace.values().stream().distinct().count() == 1;
        if (failed || (refuse && !same)) {
            if (before.containsKey(key)) {
                result.put(key, before.get(key));
            } else {
                result.remove(key);
            }
        } else {
            result.put(key, bySpace.get(latest.space()));
        }
    }

    private static String render(ClusterFacts cluster, ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        ObjectNode metadata = (ObjectNode) copy.get("metadata");
        boolean expand = metadata.path("annotations")
                .path("edge-mc.io/expand-parameters")
                .asString("")
                .equals("true");
        metadata.remove("annotations");
        String text = Json.text(copy);
        if (!expand) {
            return text;
        }
        String site = cluster.properties().get("site");
        if (text.contains("%(site)") && site == null) {
            return null;
        }
        return text.replace("%(site)", String.valueOf(site)).replace("%(clusterName)", cluster.name());
    }

    private static boolean selected(List<Change.ObjectWritten> all, JsonNode spec, Change.ObjectWritten object) {
        for (JsonNode clause : spec.path("downsync")) {
            boolean resource = clause.path("resources").isEmpty()
                    || contains(clause.path("resources"), object.key().resource());
            boolean namespace = clause.path("namespaces").isEmpty()
                    || contains(clause.path("namespaces"), object.key().namespace());
            boolean labels = clause.path("objectSelectors").isEmpty()
                    || anyLabels(clause.path("objectSelectors"), labels(object));
            boolean namespaceLabels = true;
            if (!clause.path("namespaceSelectors").isEmpty()) {
                Map<String, String> of = new TreeMap<>();
                for (Change.ObjectWritten other : all) {
                    if (other.space().equals(object.space())
                            && other.key()
                                    .text()
                                    .equals("namespaces//" + object.key().namespace())) {
                        of.putAll(labels(other));
                    }
                }
                namespaceLabels =
                        !object.key().namespace().isEmpty() && anyLabels(clause.path("namespaceSelectors"), of);
            }
            if (resource && namespace && labels && namespaceLabels) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> labels(Change.ObjectWritten object) {
        Map<String, String> labels = new TreeMap<>();
        object.body()
                .get()
                .path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return labels;
    }

    private static boolean contains(JsonNode list, String value) {
        for (JsonNode item : list) {
            if (item.asString("").equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyLabels(JsonNode selectors, Map<String, String> labels) {
        for (JsonNode selector : selectors) {
            boolean all = true;
            for (Map.Entry<String, JsonNode> label :
                    selector.path("matchLabels").properties()) {
                all &= label.getValue().asString("").equals(labels.get(label.getKey()));
            }
            if (all) {
                return true;
            }
        }
        return false;
    }
}
