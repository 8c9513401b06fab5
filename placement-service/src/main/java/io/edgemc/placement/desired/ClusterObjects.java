package io.edgemc.placement.desired;

import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.inventory.ClusterState;
import io.edgemc.kube.store.KindRef;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.ClusterFacts.State;
import io.edgemc.placement.resolve.select.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads Cluster objects of the inventory, which admission has checked. */
public final class ClusterObjects {
    public static final KindRef CLUSTERS = new KindRef("edge-mc.io", "clusters");

    /** Keeps a deleted cluster until it is decommissioned. */
    public static final String FINALIZER = "edge-mc.io/decommission";

    /** Annotation: {@code delete} or {@code orphan}. */
    public static final String POLICY = "edge-mc.io/decommission";

    /** Annotation: {@code "true"} ends the cluster without waiting for it. */
    public static final String FORCE = "edge-mc.io/decommission-force";

    private static final String SYSTEM_ANNOTATIONS = "edge-mc.io/";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ClusterObjects() {}

    /** Whether the cluster's end was asked for and how. */
    public static State state(ObjectNode cluster) {
        if (!isDeleted(cluster)) {
            return State.ACTIVE;
        }
        return switch (annotation(cluster, POLICY)) {
            case "delete" -> State.DECOMMISSION_DELETE;
            case "orphan" -> State.DECOMMISSION_ORPHAN;
            default -> State.QUARANTINED;
        };
    }

    static boolean isDeleted(ObjectNode cluster) {
        return cluster.path("metadata").hasNonNull("deletionTimestamp");
    }

    static boolean isForced(ObjectNode cluster) {
        return annotation(cluster, FORCE).equals("true");
    }

    static ClusterFacts facts(String uid, String name, ObjectNode cluster) {
        List<Taint> taints = new ArrayList<>();
        for (JsonNode taint : cluster.at("/spec/taints")) {
            taints.add(new Taint(
                    taint.path("key").asString(""),
                    taint.path("value").asString(""),
                    Taint.Effect.valueOf(taint.path("effect").asString("NoSelect"))));
        }
        return new ClusterFacts(
                uid,
                name,
                texts(cluster.at("/metadata/labels")),
                annotations(cluster),
                texts(cluster.at("/spec/properties")),
                taints,
                cluster.at("/spec/paused").asBoolean(false),
                state(cluster));
    }

    static ClusterRecord record(String uid, String name, ObjectNode cluster, long revision) {
        List<ClusterRecord.Taint> taints = new ArrayList<>();
        for (JsonNode taint : cluster.at("/spec/taints")) {
            taints.add(new ClusterRecord.Taint(
                    taint.path("key").asString(""),
                    taint.path("value").asString(""),
                    taint.path("effect").asString("NoSelect")));
        }
        return new ClusterRecord(
                uid,
                name,
                texts(cluster.at("/metadata/labels")),
                annotations(cluster),
                texts(cluster.at("/spec/properties")),
                taints,
                cluster.at("/spec/mode").asString("Full"),
                cluster.at("/spec/paused").asBoolean(false),
                switch (state(cluster)) {
                    case ACTIVE -> ClusterState.ACTIVE;
                    case QUARANTINED -> ClusterState.QUARANTINED;
                    case DECOMMISSION_DELETE, DECOMMISSION_ORPHAN -> ClusterState.DECOMMISSIONING;
                },
                revision);
    }

    /** Takes the finalizer off; false if other finalizers still keep the cluster. */
    static boolean release(ObjectNode cluster) {
        if (!(cluster.at("/metadata/finalizers") instanceof ArrayNode finalizers)) {
            return true;
        }
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asString("").equals(FINALIZER)) {
                finalizers.remove(i);
            }
        }
        return finalizers.isEmpty();
    }

    private static Map<String, String> annotations(ObjectNode cluster) {
        Map<String, String> annotations = new TreeMap<>(texts(cluster.at("/metadata/annotations")));
        annotations.keySet().removeIf(name -> name.startsWith(SYSTEM_ANNOTATIONS) || name.equals(LAST_APPLIED));
        return annotations;
    }

    private static String annotation(ObjectNode cluster, String name) {
        return cluster.path("metadata").path("annotations").path(name).asString("");
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }
}
