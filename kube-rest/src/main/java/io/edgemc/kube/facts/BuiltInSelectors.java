package io.edgemc.kube.facts;

import java.util.Map;
import java.util.Set;

/** Field selectors beyond {@code metadata.name} and {@code metadata.namespace}; they are not in any API description. */
final class BuiltInSelectors {
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry(
                    "/pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName")),
            Map.entry("/nodes", Set.of("spec.unschedulable")),
            Map.entry("/namespaces", Set.of("status.phase")),
            Map.entry("/secrets", Set.of("type")),
            Map.entry("/services", Set.of("spec.clusterIP", "spec.type")),
            Map.entry("/replicationcontrollers", Set.of("status.replicas")),
            Map.entry(
                    "/events",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type")),
            Map.entry(
                    "events.k8s.io/events",
                    Set.of(
                            "regarding.kind",
                            "regarding.namespace",
                            "regarding.name",
                            "regarding.uid",
                            "regarding.apiVersion",
                            "regarding.resourceVersion",
                            "regarding.fieldPath",
                            "reason",
                            "reportingController",
                            "type")),
            Map.entry("apps/replicasets", Set.of("status.replicas")),
            Map.entry("batch/jobs", Set.of("status.successful")),
            Map.entry("certificates.k8s.io/certificatesigningrequests", Set.of("spec.signerName")));

    private BuiltInSelectors() {}

    static Set<String> of(String kind) {
        return FIELDS.getOrDefault(kind, Set.of());
    }
}
