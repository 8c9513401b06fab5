package io.edgemc.kube.facts;

import java.util.Map;
import java.util.Set;

/** Field selectors beyond {@code metadata.name} and {@code metadata.namespace}; they are not in any API description. */
final class BuiltInSelectors {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "/pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
            "/nodes", Set.of("spec.unschedulable"),
            "/namespaces", Set.of("status.phase"),
            "/secrets", Set.of("type"),
            "/services", Set.of("spec.clusterIP", "spec.type"),
            "/replicationcontrollers", Set.of("status.replicas"),
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
                            "type"),
            "apps/replicasets", Set.of("status.replicas"),
            "batch/jobs", Set.of("status.successful"),
            "certificates.k8s.io/certificatesigningrequests", Set.of("spec.signerName"));

    private BuiltInSelectors() {}

    static Set<String> of(String kind) {
        return FIELDS.getOrDefault(kind, Set.of());
    }
}
