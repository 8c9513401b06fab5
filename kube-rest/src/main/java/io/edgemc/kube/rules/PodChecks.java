package io.edgemc.kube.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Pods, in pods and in the templates of other kinds. */
final class PodChecks {
    /** Kinds of volumes in the order in which Kubernetes looks for them. */
    private static final List<String> VOLUMES = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "persistentVolumeClaim",
            "rbd",
            "cinder",
            "cephfs",
            "flocker",
            "downwardAPI",
            "fc",
            "flexVolume",
            "configMap",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos",
            "projected",
            "csi",
            "ephemeral",
            "image");

    private PodChecks() {}

    static void of(String kind, JsonNode pod, String path, Findings findings) {
        if (!pod.isObject()) {
            return;
        }
        Set<String> volumes = volumes(pod, path, findings);
        if (pod.path("containers").isEmpty()) {
            findings.required(path + ".containers");
        }
        Set<String> names = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            for (int i = 0; i < pod.path(list).size(); i++) {
                JsonNode container = pod.path(list).get(i);
                String at = path + "." + list + "[" + i + "]";
                JsonNode name = container.path("name");
                if (!name.asString("").isEmpty() && !names.add(name.asString())) {
                    findings.duplicate(at + ".name", name);
                }
                ContainerChecks.of(container, at, volumes, list.equals("containers"), findings);
            }
        }
        AffinityChecks.of(pod, path, findings);
        SecurityChecks.ofPod(pod.path("securityContext"), path + ".securityContext", findings);
        tolerations(pod, path, findings);
        JsonNode deadline = pod.path("activeDeadlineSeconds");
        if (deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > Integer.MAX_VALUE)) {
            findings.invalid(path + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }
    }

    private static Set<String> volumes(JsonNode pod, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < pod.path("volumes").size(); i++) {
            JsonNode volume = pod.path("volumes").get(i);
            String at = path + ".volumes[" + i + "]";
            JsonNode name = volume.path("name");
            if (!name.asString("").isEmpty() && !names.add(name.asString())) {
                findings.duplicate(at + ".name", name);
            }
            // The first of them counts as the volume's own.
            VOLUMES.stream()
                    .filter(volume::has)
                    .skip(1)
                    .forEach(more -> findings.forbidden(at + "." + more, "may not specify more than 1 volume type"));
            tokens(pod, volume.path("projected").path("sources"), at + ".projected.sources", findings);
        }
        return names;
    }

    private static void tokens(JsonNode pod, JsonNode sources, String path, Findings findings) {
        boolean account = !pod.path("serviceAccountName").asString("").isEmpty();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).path("serviceAccountToken").isObject() && !account) {
                findings.forbidden(
                        path + "[" + i + "].serviceAccountToken",
                        "must not be specified when serviceAccountName is not set");
            }
        }
    }

    private static void tolerations(JsonNode pod, String path, Findings findings) {
        for (int i = 0; i < pod.path("tolerations").size(); i++) {
            JsonNode toleration = pod.path("tolerations").get(i);
            String at = path + ".tolerations[" + i + "].operator";
            String operator = toleration.path("operator").asString("");
            String value = toleration.path("value").asString("");
            if (toleration.path("key").asString("").isEmpty() && !operator.equals("Exists")) {
                findings.invalid(
                        at,
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            if (operator.equals("Exists") && !value.isEmpty()) {
                findings.invalid(at, value, "value must be empty when `operator` is 'Exists'");
            }
        }
    }
}
