package io.edgemc.kube.kind;

import java.util.List;

/**
 * Where a kind keeps what its {@code scale} subresource shows. Paths begin with a dot, such as {@code .spec.replicas}.
 *
 * @param specReplicas how many are wanted
 * @param statusReplicas how many there are
 * @param labelSelector a selector as text, a LabelSelector, or a map of labels; empty if there is none
 */
public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {
    /** Names of the members that a path goes through. */
    public static List<String> members(String path) {
        return path.isEmpty() ? List.of() : List.of(path.substring(1).split("\\."));
    }
}
