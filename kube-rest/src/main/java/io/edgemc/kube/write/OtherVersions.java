package io.edgemc.kube.write;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.schema.Decoding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects of a custom kind that were written in several of its versions. */
final class OtherVersions {
    private OtherVersions() {}

    /**
     * An API server that finds an owner who wrote in another version reads the object in that version's schema. Where that
     * does not know all of its fields, it gives up on owners: the object then has no managedFields.
     */
    static void forgetOwners(ObjectNode object, Target target) {
        ServedKind kind = target.kind();
        if (kind.origin() != ServedKind.Origin.CRD || kind.versions().size() < 2) {
            return;
        }
        for (JsonNode owner : object.path("metadata").path("managedFields")) {
            String apiVersion = owner.path("apiVersion").asString("");
            ServedVersion version = kind.version(apiVersion.substring(apiVersion.indexOf('/') + 1));
            if (version == null || apiVersion.equals(target.apiVersion())) {
                continue;
            }
            if (!Decoding.of(object.deepCopy(), version.schema()).unknown().isEmpty()) {
                ObjectMeta.of(object).remove("managedFields");
                return;
            }
        }
    }
}
