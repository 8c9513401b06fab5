package io.edgemc.kube.apply;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields that an endpoint puts back to what they were: whoever sends them there owns nothing by it. An API server knows them
 * by its code alone.
 */
public final class ResetFields {
    private static final List<String> METADATA = List.of("f:metadata");
    private static final List<String> SPEC = List.of("f:spec");
    private static final List<String> STATUS = List.of("f:status");

    /** Built-in kinds whose status endpoint puts back all metadata. */
    private static final Set<String> NO_METADATA = Set.of(
            "podgroups.scheduling.k8s.io",
            "servicecidrs.networking.k8s.io",
            "storageversionmigrations.storagemigration.k8s.io",
            "resourceclaims.resource.k8s.io",
            "devicetaintrules.resource.k8s.io",
            "resourcepoolstatusrequests.resource.k8s.io",
            "storageversions.internal.apiserver.k8s.io",
            "volumeattachments.storage.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io");

    /** What status endpoints of others put back besides {@code spec}. */
    private static final Map<String, List<List<String>>> MORE = Map.of(
            "deployments.apps",
            List.of(List.of("f:metadata", "f:labels")),
            "pods",
            List.of(List.of("f:metadata", "f:deletionTimestamp"), List.of("f:metadata", "f:ownerReferences")));

    private ResetFields() {}

    /** What is left of the metadata that a client sent to a status endpoint. */
    public static ObjectNode metadata(ObjectNode before, ObjectNode sent, Target target) {
        FieldSet reset = of(target);
        if (reset.has(METADATA) || !(sent.path("metadata") instanceof ObjectNode given)) {
            return ((ObjectNode) before.required("metadata")).deepCopy();
        }
        ObjectNode kept = given.deepCopy();
        for (List<String> path : MORE.getOrDefault(target.kind().ref().toString(), List.of())) {
            String member = path.getLast().substring(2);
            JsonNode was = before.path("metadata").get(member);
            if (was == null) {
                kept.remove(member);
            } else {
                kept.set(member, was.deepCopy());
            }
        }
        return kept;
    }

    static FieldSet of(Target target) {
        String kind = target.kind().ref().toString();
        FieldSet reset = new FieldSet();
        if (!target.served().hasStatus()) {
            return reset;
        }
        if (target.subresource().isEmpty()) {
            boolean csr = kind.equals("certificatesigningrequests.certificates.k8s.io");
            reset = FieldSet.of(STATUS);
            return csr ? reset.union(FieldSet.of(SPEC)) : reset;
        }
        reset = FieldSet.of(SPEC);
        boolean custom = target.kind().origin() != ServedKind.Origin.BUILT_IN;
        if (custom || NO_METADATA.contains(kind)) {
            reset = reset.union(FieldSet.of(METADATA));
        }
        for (List<String> path : MORE.getOrDefault(kind, List.of())) {
            reset = reset.union(FieldSet.of(path));
        }
        return reset;
    }
}
