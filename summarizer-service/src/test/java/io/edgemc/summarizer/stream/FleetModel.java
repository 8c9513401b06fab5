package io.edgemc.summarizer.stream;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same histories evaluated by brute force: keeps the last word on everything and counts anew when asked. */
final class FleetModel {
    private final Map<Integer, String> envOfCluster = new TreeMap<>();
    private final Map<Place, Last> objects = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private boolean byEnv;

    /** Something that happens to the fleet. */
    sealed interface Step {
        record Named(int cluster, String env) implements Step {}

        record Gone(int cluster) implements Step {}

        record Reported(int cluster, int object, long epoch, long sequence, List<Integer> scores) implements Step {}

        record Deleted(int cluster, int object, long epoch, long sequence) implements Step {}

        record Redefined(boolean byEnv) implements Step {}
    }

    private record Place(int cluster, int object) {}

    private record Last(long epoch, long sequence, List<Integer> scores) {}

    boolean edition() {
        return byEnv;
    }

    void apply(Step step) {
        switch (step) {
            case Step.Named(int cluster, String env) -> {
                envOfCluster.put(cluster, env);
                gone.remove(cluster);
            }
            case Step.Gone(int cluster) -> {
                envOfCluster.remove(cluster);
                objects.keySet().removeIf(place -> place.cluster == cluster);
                gone.add(cluster);
            }
            case Step.Reported(int cluster, int object, long epoch, long sequence, List<Integer> scores) ->
                report(new Place(cluster, object), new Last(epoch, sequence, scores));
            case Step.Deleted(int cluster, int object, long epoch, long sequence) ->
                report(new Place(cluster, object), new Last(epoch, sequence, List.of()));
            case Step.Redefined(boolean now) -> byEnv = now;
        }
    }

    private void report(Place place, Last now) {
        Last last = objects.get(place);
        boolean later =
                last == null || now.epoch > last.epoch || now.epoch == last.epoch && now.sequence > last.sequence;
        if (later && !gone.contains(place.cluster)) {
            objects.put(place, now);
        }
    }

    Map<List<String>, Map<String, Object>> expected() {
        Map<String, List<Integer>> scores = new HashMap<>();
        Map<String, Set<Integer>> clusters = new HashMap<>();
        objects.forEach((place, last) -> {
            String env = envOfCluster.get(place.cluster);
            if (env != null) {
                for (int score : last.scores) {
                    String group = byEnv ? env : policy(score);
                    scores.computeIfAbsent(group, unused -> new ArrayList<>()).add(score);
                    clusters.computeIfAbsent(group, unused -> new HashSet<>()).add(place.cluster);
                }
            }
        });
        Map<List<String>, Map<String, Object>> rows = new HashMap<>();
        scores.forEach((group, all) -> rows.put(
                List.of(group),
                Map.of(
                        "rows", all.size(),
                        "sum", all.stream().mapToInt(Integer::intValue).sum(),
                        "least", all.stream().mapToInt(Integer::intValue).min().orElseThrow(),
                        "greatest",
                                all.stream().mapToInt(Integer::intValue).max().orElseThrow(),
                        "clusters", clusters.get(group).size())));
        return rows;
    }

    static ObjectNode body(ObjectKey key, List<Integer> scores) {
        ObjectNode body = ApiJson.MAPPER.createObjectNode();
        body.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
        ArrayNode results = body.putArray("results");
        for (int score : scores) {
            results.addObject().put("policy", policy(score)).put("score", score);
        }
        return body;
    }

    private static String policy(int score) {
        return score % 2 == 0 ? "even" : "odd";
    }
}
