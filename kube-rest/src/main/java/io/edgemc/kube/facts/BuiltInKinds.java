package io.edgemc.kube.facts;

import io.edgemc.kube.cel.SchemaRules;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.kind.ScalePaths;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.kind.VersionTraits;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The built-in kinds that can be stored: those that a Kubernetes API server lets create and get. */
public final class BuiltInKinds {
    /** Served, because they hold data; the others (exec, log, binding, token, ...) act on parts that a view does not have. */
    private static final Set<String> SUBRESOURCES = Set.of("scale", "status");

    /** The kinds that scale all keep it in the same places. */
    private static final ScalePaths SCALE = new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector");

    private static final class Holder {
        static final List<ServedKind> ALL = read();
    }

    /** One collection, which two groups show. */
    private static final KindRef EVENTS = new KindRef("", "events");

    private static final String AUTOSCALER_V1 = "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler";

    private BuiltInKinds() {}

    public static List<ServedKind> all() {
        return Holder.ALL;
    }

    private static List<ServedKind> read() {
        List<ServedKind> all = new ArrayList<>();
        for (JsonNode kind : BuiltInFacts.get().kinds()) {
            List<String> verbs = strings(kind.path("versions").path(0).path("verbs"));
            if (verbs.contains("create") && verbs.contains("get")) {
                all.add(kind(kind));
            }
        }
        return List.copyOf(all);
    }

    private static ServedKind kind(JsonNode kind) {
        String group = kind.path("group").asString("");
        String plural = kind.path("plural").asString("");
        List<ServedVersion> versions = new ArrayList<>();
        for (JsonNode version : kind.path("versions")) {
            versions.add(version(group + "/" + plural, version));
        }
        return new ServedKind(
                new KindRef(group, plural),
                kind.path("kind").asString(""),
                kind.path("singularName").asString(""),
                strings(kind.path("shortNames")),
                strings(kind.path("categories")),
                kind.path("namespaced").asBoolean(),
                ServedKind.Origin.BUILT_IN,
                versions,
                plural.equals("events") ? EVENTS : new KindRef(group, plural));
    }

    private static ServedVersion version(String kind, JsonNode version) {
        String type = version.path("type").asString("");
        List<PrinterColumn> columns = new ArrayList<>();
        for (JsonNode column : version.path("columns")) {
            columns.add(new PrinterColumn(
                    column.path("name").asString(""),
                    column.path("type").asString(""),
                    column.path("format").asString(""),
                    column.path("priority").asInt(0),
                    ""));
        }
        Map<String, Set<String>> subresources = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> subresource :
                version.path("subresources").properties()) {
            if (SUBRESOURCES.contains(subresource.getKey())) {
                subresources.put(
                        subresource.getKey(),
                        new LinkedHashSet<>(strings(subresource.getValue().path("verbs"))));
            }
        }
        return new ServedVersion(
                version.path("version").asString(""),
                BuiltInFacts.get().schema(type),
                BuiltInFacts.get().types().path(type),
                type,
                columns,
                subresources,
                BuiltInSelectors.of(kind),
                SchemaRules.NONE,
                subresources.containsKey("scale") ? SCALE : null,
                traits(type));
    }

    private static VersionTraits traits(String type) {
        return switch (type) {
            case AUTOSCALER_V1 -> new VersionTraits(null, new AutoscalerV1(), "");
            case EventForm.TYPE -> new VersionTraits(null, new EventForm(), "");
            default -> VersionTraits.NONE;
        };
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(value -> all.add(value.asString("")));
        return all;
    }
}
