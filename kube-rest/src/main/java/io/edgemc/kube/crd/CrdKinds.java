package io.edgemc.kube.crd;

import io.edgemc.kube.cel.SchemaRules;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.kind.ScalePaths;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.kind.VersionOrder;
import io.edgemc.kube.kind.VersionTraits;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Kinds that CustomResourceDefinitions define. A service describes its own kinds by CRD documents as well. */
public final class CrdKinds {
    public static final KindRef CRDS = new KindRef("apiextensions.k8s.io", "customresourcedefinitions");

    private static final Set<String> STATUS_VERBS = Set.of("get", "patch", "update");

    private CrdKinds() {}

    /** The kind that a valid CRD defines, null if it serves no version. */
    public static @Nullable ServedKind of(JsonNode crd, ServedKind.Origin origin) {
        JsonNode spec = crd.path("spec");
        JsonNode names = spec.path("names");
        String group = spec.path("group").asString("");
        String kind = names.path("kind").asString("");
        List<ServedVersion> versions = new ArrayList<>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean(false)) {
                versions.add(version(group, kind, version, CrdVersions.traits(spec, version)));
            }
        }
        if (versions.isEmpty()) {
            return null;
        }
        versions.sort(Comparator.comparing(ServedVersion::version, VersionOrder.NEWEST_FIRST));
        return new ServedKind(
                new KindRef(group, names.path("plural").asString("")),
                kind,
                names.path("singular").asString(kind.toLowerCase(java.util.Locale.ROOT)),
                strings(names.path("shortNames")),
                strings(names.path("categories")),
                spec.path("scope").asString("").equals("Namespaced"),
                origin,
                versions);
    }

    private static ServedVersion version(String group, String kind, JsonNode version, VersionTraits traits) {
        String name = version.path("version").asString(version.path("name").asString(""));
        JsonNode openApi = version.path("schema").path("openAPIV3Schema");
        ObjectNode json = openApi.isObject() ? (ObjectNode) openApi.deepCopy() : JsonNodeFactory.instance.objectNode();
        Schema bare = Schema.custom(json);
        Map<String, Set<String>> subresources = new LinkedHashMap<>();
        if (version.path("subresources").has("status")) {
            subresources.put("status", STATUS_VERBS);
        }
        ScalePaths scale = null;
        if (version.path("subresources").path("scale").isObject()) {
            subresources.put("scale", STATUS_VERBS);
            JsonNode paths = version.path("subresources").path("scale");
            scale = new ScalePaths(
                    paths.path("specReplicasPath").asString(""),
                    paths.path("statusReplicasPath").asString(""),
                    paths.path("labelSelectorPath").asString(""));
        }
        Set<String> selectable = new HashSet<>();
        version.path("selectableFields")
                .forEach(field ->
                        selectable.add(withoutDot(field.path("jsonPath").asString(""))));
        return new ServedVersion(
                name,
                whole(bare),
                json,
                typeName(group, name, kind),
                columns(version),
                subresources,
                selectable,
                SchemaRules.of(ruled(bare)),
                scale,
                traits);
    }

    /** A CRD's schema with what every object has. */
    static Schema whole(Schema bare) {
        Schema metadata = BuiltInFacts.get().schema(BuiltInFacts.OBJECT_META);
        Schema text = metadata.member("name");
        return bare.withProperties(Map.of("apiVersion", text, "kind", text, "metadata", metadata));
    }

    /** The schema as rules see it: of metadata they know the name. */
    static Schema ruled(Schema bare) {
        ObjectNode text = JsonNodeFactory.instance.objectNode().put("type", "string");
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("type", "object");
        metadata.putObject("properties").set("name", text).set("generateName", text);
        return bare.withProperties(Map.of(
                "apiVersion", Schema.custom(text), "kind", Schema.custom(text), "metadata", Schema.custom(metadata)));
    }

    private static List<PrinterColumn> columns(JsonNode version) {
        List<PrinterColumn> columns = new ArrayList<>();
        columns.add(new PrinterColumn("Name", "string", "name", 0, ".metadata.name"));
        JsonNode additional = version.path("additionalPrinterColumns");
        if (additional.isEmpty()) {
            columns.add(new PrinterColumn("Age", "date", "", 0, ".metadata.creationTimestamp"));
        }
        for (JsonNode column : additional) {
            columns.add(new PrinterColumn(
                    column.path("name").asString(""),
                    column.path("type").asString("string"),
                    column.path("format").asString(""),
                    column.path("priority").asInt(0),
                    column.path("jsonPath").asString("")));
        }
        return columns;
    }

    /** Reversed domain, version, kind: {@code com.example.stable.v1.CronTab}. */
    private static String typeName(String group, String version, String kind) {
        List<String> parts = new ArrayList<>(List.of(group.split("\\.", -1)));
        return String.join(".", parts.reversed()) + "." + version + "." + kind;
    }

    private static String withoutDot(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(value -> all.add(value.asString("")));
        return all;
    }
}
