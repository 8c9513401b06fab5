package io.edgemc.kube.write;

import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Which kinds count their generations, and when. */
final class Generations {
    /** Built-in kinds whose strategies keep {@code metadata.generation}; no API description says so. */
    private static final Set<String> BUILT_IN = Set.of(
            "deployments.apps",
            "daemonsets.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "replicationcontrollers",
            "pods",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "priorityclasses.scheduling.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "endpointslices.discovery.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io",
            "podtemplates",
            "ingressclasses.networking.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "deviceclasses.resource.k8s.io",
            "devicetaintrules.resource.k8s.io",
            "resourceslices.resource.k8s.io");

    private Generations() {}

    static boolean counted(ServedKind kind) {
        return kind.origin() != ServedKind.Origin.BUILT_IN
                || BUILT_IN.contains(kind.ref().toString());
    }

    /**
     * Whether what a generation stands for differs: everything but metadata, and status where it is a subresource. A
     * Deployment's annotations count too, as its controller copies them.
     */
    static boolean differ(ServedKind kind, ServedVersion version, ObjectNode before, ObjectNode after) {
        boolean annotations = kind.ref().toString().equals("deployments.apps")
                && !before.path("metadata")
                        .path("annotations")
                        .equals(after.path("metadata").path("annotations"));
        return annotations || !content(version, before).equals(content(version, after));
    }

    private static ObjectNode content(ServedVersion version, ObjectNode object) {
        ObjectNode copy = object.objectNode();
        object.properties().forEach(member -> {
            boolean counts = switch (member.getKey()) {
                case "metadata", "apiVersion", "kind" -> false;
                case "status" -> !version.hasStatus();
                default -> true;
            };
            if (counts) {
                copy.set(member.getKey(), member.getValue());
            }
        });
        return copy;
    }
}
