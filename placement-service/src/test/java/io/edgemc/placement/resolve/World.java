package io.edgemc.placement.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Random small changes of a small world, in which everything meets everything. */
final class World {
    private static final List<String> SPACES = List.of("red", "blue");
    private static final List<String> NAMESPACES = List.of("a", "b");
    private static final List<String> NAMES = List.of("x", "y", "z");

    private final Random random;
    private final TestHub hub;

    World(long seed, TestHub hub) {
        this.random = new Random(seed);
        this.hub = hub;
    }

    List<Change> some() {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            changes.add(one());
        }
        return changes;
    }

    Change one() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> hub.write(cluster());
            case 2, 3 -> placement();
            case 4 -> deletion();
            case 5 -> hub.object(one(SPACES), "namespaces", namespace());
            case 6 -> widget();
            case 7 -> hub.object(one(SPACES), "customresourcedefinitions", definition());
            default -> hub.object(one(SPACES), "configmaps", configMap());
        };
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private ClusterFacts cluster() {
        Map<String, String> labels = new TreeMap<>();
        labels.put("env", one(List.of("prod", "test")));
        labels.put("tier", one(List.of("1", "2")));
        Map<String, String> properties = new TreeMap<>();
        if (chance(70)) {
            properties.put("site", one(List.of("north", "south")));
        }
        properties.put("unread", "v" + random.nextInt(5));
        return hub.cluster("c" + random.nextInt(5), labels, properties);
    }

    private Change placement() {
        List<String> clauses = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            clauses.add(
                    switch (random.nextInt(4)) {
                        case 0 -> "{'resources':['configmaps'],'namespaces':['" + one(NAMESPACES) + "']}";
                        case 1 -> "{'objectSelectors':[{'matchLabels':{'color':'" + one(List.of("r", "g")) + "'}}]}";
                        case 2 ->
                            "{'resources':['configmaps','widgets'],'namespaceSelectors':[{'matchLabels':{'team':'1'}}]}";
                        default -> "{'resources':['widgets','namespaces']}";
                    });
        }
        String where = switch (random.nextInt(3)) {
            case 0 -> "{'matchLabels':{'env':'prod'}}";
            case 1 -> "{'matchLabels':{'tier':'1'}}";
            default -> "{'matchLabels':{'env':'test','tier':'2'}},{'matchLabels':{'env':'prod','tier':'1'}}";
        };
        String policy = chance(20) ? "refuse" : "latest";
        return hub.object(
                one(SPACES),
                "edgeplacements",
                Json.object("{'apiVersion':'edge-mc.io/v1alpha1','kind':'EdgePlacement','metadata':{'name':'p"
                        + random.nextInt(3) + "'},'spec':{'locationSelectors':[" + where + "],'conflictPolicy':'"
                        + policy
                        + "','downsync':[" + String.join(",", clauses) + "]}}"));
    }

    private Change deletion() {
        List<Change.ObjectWritten> all = new ArrayList<>(hub.objects.values());
        if (all.isEmpty()) {
            return one();
        }
        Change.ObjectWritten victim = all.get(random.nextInt(all.size()));
        return hub.deletion(victim.space(), victim.key().text());
    }

    private ObjectNode namespace() {
        return Json.object("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + one(NAMESPACES)
                + "','labels':{'team':'" + random.nextInt(2) + "','color':'" + one(List.of("r", "n")) + "'}}}");
    }

    private ObjectNode configMap() {
        boolean expand = chance(40);
        String value = expand ? one(List.of("at %(site)", "%(clusterName)")) : "v" + random.nextInt(2);
        return Json.object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + one(NAMES) + "','namespace':'"
                + one(NAMESPACES) + "','labels':{'color':'" + one(List.of("r", "g")) + "'}"
                + (expand ? ",'annotations':{'edge-mc.io/expand-parameters':'true'}" : "") + "},'data':{'k':'" + value
                + "'}}");
    }

    private Change widget() {
        return hub.object(
                one(SPACES),
                "widgets",
                Json.object("{'apiVersion':'w.test/v1','kind':'Widget','metadata':{'name':'" + one(NAMES)
                        + "','namespace':'" + one(NAMESPACES) + "'},'spec':{'n':" + random.nextInt(3) + "}}"));
    }

    private static ObjectNode definition() {
        return Json.object(
                "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':"
                        + "'widgets.w.test'},'spec':{'group':'w.test','names':{'plural':'widgets','kind':'Widget'}}}");
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
