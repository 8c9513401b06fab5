package io.edgemc.api.inventory;

import java.util.List;
import java.util.Map;

/**
 * A cluster as the hub's services know it.
 *
 * @param uid immutable identity; a cluster recreated under its name has another
 * @param name name in the inventory, unique at a time
 * @param labels metadata.labels
 * @param annotations metadata.annotations, without those of the system
 * @param properties spec.properties
 * @param taints spec.taints
 * @param mode {@code Full}, {@code Predeployed}, {@code MailboxApi}, {@code MailboxApiTunnel}
 * @param paused no new target is set while paused
 * @param state where it is in its life
 * @param revision position of the change
 */
public record ClusterRecord(
        String uid,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> properties,
        List<Taint> taints,
        String mode,
        boolean paused,
        ClusterState state,
        long revision) {
    public ClusterRecord {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        properties = Map.copyOf(properties);
        taints = List.copyOf(taints);
    }

    /** A taint: placements that do not tolerate it pass the cluster by. */
    public record Taint(String key, String value, String effect) {}
}
