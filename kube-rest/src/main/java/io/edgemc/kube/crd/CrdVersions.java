package io.edgemc.kube.crd;

import io.edgemc.kube.kind.VersionForm;
import io.edgemc.kube.kind.VersionOrder;
import io.edgemc.kube.kind.VersionTraits;
import io.edgemc.kube.schema.Decoding;
import io.edgemc.kube.schema.Defaults;
import io.edgemc.kube.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the versions of a CRD stand to each other. */
final class CrdVersions {
    private CrdVersions() {}

    /** {@code spec} is the CRD's, {@code version} one of its versions. */
    static VersionTraits traits(JsonNode spec, JsonNode version) {
        String storage = spec.path("versions")
                .valueStream()
                .filter(one -> one.path("storage").asBoolean(false))
                .map(one -> one.path("name").asString(""))
                .findFirst()
                .orElse("");
        return new VersionTraits(deprecation(spec, version), form(spec, version), storage);
    }

    private static @Nullable String deprecation(JsonNode spec, JsonNode version) {
        if (!version.path("deprecated").asBoolean(false)) {
            return null;
        }
        String own = version.path("deprecationWarning").asString("");
        return own.isEmpty() ? deprecated(spec, version.path("name").asString("")) : own;
    }

    private static String deprecated(JsonNode spec, String name) {
        String group = spec.path("group").asString("");
        String kind = spec.path("names").path("kind").asString("");
        List<String> newer = spec.path("versions")
                .valueStream()
                .filter(one -> one.path("served").asBoolean(false)
                        && !one.path("deprecated").asBoolean(false))
                .map(one -> one.path("name").asString(""))
                .filter(other -> VersionOrder.NEWEST_FIRST.compare(other, name) < 0)
                .sorted(VersionOrder.NEWEST_FIRST)
                .toList();
        String text = group + "/" + name + " " + kind + " is deprecated";
        return newer.isEmpty() ? text : text + "; use " + group + "/" + newer.getFirst() + " " + kind;
    }

    /** Where versions have schemas of their own, each shows what its schema knows, with its defaults. */
    private static VersionForm form(JsonNode spec, JsonNode version) {
        JsonNode own = version.path("schema");
        boolean alike = spec.path("versions")
                .valueStream()
                .allMatch(one -> one.path("schema").equals(own));
        if (alike || !own.path("openAPIV3Schema").isObject()) {
            return VersionForm.SAME;
        }
        Schema schema = CrdKinds.whole(Schema.custom(own.path("openAPIV3Schema")));
        return new VersionForm() {
            @Override
            public void toWire(ObjectNode object) {
                Decoding.of(object, schema);
                Defaults.apply(object, schema);
            }

            @Override
            public void toRest(ObjectNode object) {}
        };
    }
}
