package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.UNSET;
import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Volumes, claims, and group {@code storage.k8s.io}. */
final class StorageColumns {
    private static final Map<String, String> MODES = modes();

    private static final List<String> DEFAULT_CLASS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private StorageColumns() {}

    private static Map<String, String> modes() {
        Map<String, String> modes = new LinkedHashMap<>();
        modes.put("ReadWriteOnce", "RWO");
        modes.put("ReadOnlyMany", "ROX");
        modes.put("ReadWriteMany", "RWX");
        modes.put("ReadWriteOncePod", "RWOP");
        return modes;
    }

    static void addTo(Registry registry) {
        for (String kind : List.of("persistentvolumeclaims", "persistentvolumes")) {
            registry.text(kind + "/Status", o -> CellText.isDeleting(o) ? "Terminating" : at(o, "status.phase"));
            registry.text(kind + "/StorageClass", StorageColumns::storageClass);
        }
        registry.text(
                "persistentvolumeclaims/Capacity",
                claim -> isBound(claim) ? or(at(claim, "status.capacity.storage"), "0") : "");
        registry.text(
                "persistentvolumeclaims/Access Modes",
                claim -> isBound(claim) ? modes(claim.path("status").path("accessModes")) : "");
        registry.text("persistentvolumes/Capacity", volume -> or(at(volume, "spec.capacity.storage"), "0"));
        registry.text(
                "persistentvolumes/Access Modes",
                volume -> modes(volume.path("spec").path("accessModes")));
        registry.text("persistentvolumes/Claim", volume -> {
            JsonNode claim = volume.path("spec").path("claimRef");
            return claim.isObject() ? at(claim, "namespace") + "/" + at(claim, "name") : "";
        });
        registry.text("storageclasses.storage.k8s.io/Name", type -> {
            JsonNode annotations = type.path("metadata").path("annotations");
            boolean standard = DEFAULT_CLASS.stream()
                    .anyMatch(key -> annotations.path(key).asString("").equals("true"));
            return at(type, "metadata.name") + (standard ? " (default)" : "");
        });
        registry.text(
                "csidrivers.storage.k8s.io/TokenRequests",
                driver -> or(
                        CellText.joined(driver.path("spec").path("tokenRequests"), request -> at(request, "audience")),
                        UNSET));
    }

    private static boolean isBound(JsonNode claim) {
        return !at(claim, "spec.volumeName").isEmpty();
    }

    private static String storageClass(JsonNode object) {
        JsonNode old = object.path("metadata").path("annotations").path("volume.beta.kubernetes.io/storage-class");
        return old.asString(at(object, "spec.storageClassName"));
    }

    private static String modes(JsonNode modes) {
        Set<String> given = Set.copyOf(CellText.texts(modes, mode -> mode.asString("")));
        List<String> all = new ArrayList<>();
        MODES.forEach((mode, initials) -> {
            if (given.contains(mode)) {
                all.add(initials);
            }
        });
        return String.join(",", all);
    }
}
