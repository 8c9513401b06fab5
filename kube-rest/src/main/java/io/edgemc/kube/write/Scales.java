package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.apply.ScaleOwners;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.PrinterColumn;
import io.edgemc.kube.kind.ScalePaths;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.patch.Patch;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.read.columns.CellText;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code scale} subresource: an object seen as the number of its replicas. Nobody makes them: it is inert. */
public final class Scales {
    private static final ServedKind KIND = new ServedKind(
            new KindRef("autoscaling", "scales"),
            "Scale",
            "scale",
            List.of(),
            List.of(),
            true,
            ServedKind.Origin.BUILT_IN,
            List.of(new ServedVersion(
                    "v1",
                    BuiltInFacts.get().schema("io.k8s.api.autoscaling.v1.Scale"),
                    JsonNodeFactory.instance.objectNode(),
                    "io.k8s.api.autoscaling.v1.Scale",
                    List.of(
                            new PrinterColumn("Name", "string", "name", 0, ""),
                            new PrinterColumn("Desired", "integer", "", 0, ""),
                            new PrinterColumn("Available", "integer", "", 0, ""),
                            new PrinterColumn("Age", "string", "", 0, "")),
                    Map.of(),
                    Set.of())));

    private final KubeStore store;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final BodyReader bodies;

    public Scales(KubeStore store, ObjectWriter writer, ObjectReader reader, BodyReader bodies) {
        this.store = store;
        this.writer = writer;
        this.reader = reader;
        this.bodies = bodies;
    }

    public KubeAnswer get(KubeRequest request, Target target) {
        StoredObject stored = store.get(target.kind().rests(), target.namespace(), target.name());
        if (stored == null) {
            throw ApiError.notFound(target.kind().ref(), target.name());
        }
        Target shown = asScale(target);
        ObjectNode scale = scale(new WireForm(target).tree(stored), target);
        return reader.answer(200, request, shown, Commits.imagined(scale, shown, stored.resourceVersion()));
    }

    public KubeAnswer replace(KubeRequest request, Target target) {
        ObjectNode sent = bodies.object(request, asScale(target));
        WriteOptions options = WriteOptions.of(request);
        return written(request.actor(), target, options, shown -> shaped(sent.deepCopy(), target, options));
    }

    public KubeAnswer patch(KubeRequest request, Target target) {
        String media = request.mediaType();
        WriteOptions options = WriteOptions.of(request);
        if ("application/apply-patch+yaml".equals(media)) {
            return apply(request, target, options);
        }
        options.refuseForce();
        Patch.Kind sort = Patch.Kind.of(media == null ? "" : media, asScale(target));
        Patch patch =
                sort.patch(bodies.patch(bodies.bytes(request), sort.refusal()).node());
        return written(
                request.actor(),
                target,
                options,
                shown -> shaped(patch.apply(shown, asScale(target)), target, options));
    }

    private KubeAnswer apply(KubeRequest request, Target target, WriteOptions options) {
        options.requireManager(request);
        ObjectNode configuration = bodies.object(request, asScale(target));
        FieldManagement.check(configuration, asScale(target));
        FieldManagement.Finish[] finish = new FieldManagement.Finish[1];
        StoredObject after = writer.changed(
                target,
                options,
                request.actor(),
                before -> {
                    ScaleOwners.Applied applied = ScaleOwners.apply(
                            before,
                            configuration,
                            target,
                            options.manager(),
                            options.force(),
                            replicas(before, target));
                    ObjectNode wanted = scale(before, target);
                    wanted.withObject("/spec").put("replicas", applied.replicas());
                    configuration
                            .path("metadata")
                            .properties()
                            .forEach(member ->
                                    ((ObjectNode) wanted.path("metadata")).set(member.getKey(), member.getValue()));
                    shaped(wanted, target, options);
                    finish[0] = applied.finish();
                    return scaled(before, wanted, target);
                },
                object -> finish[0].write(object));
        return KubeAnswer.json(200, scale(new WireForm(target).tree(after), target));
    }

    private static ObjectNode shaped(ObjectNode scale, Target target, WriteOptions options) {
        ObjectShape.shaped(scale, asScale(target), options);
        ObjectShape.addressed(scale, asScale(target));
        return scale;
    }

    private KubeAnswer written(Actor actor, Target target, WriteOptions options, UnaryOperator<ObjectNode> edit) {
        ObjectNode[] stored = new ObjectNode[1];
        StoredObject after = writer.changed(
                target,
                options,
                actor,
                before -> {
                    stored[0] = before;
                    return scaled(before, edit.apply(scale(before, target)), target);
                },
                object -> ScaleOwners.updated(
                        stored[0],
                        object,
                        target,
                        options.manager(),
                        replicas(stored[0], target),
                        replicas(object, target)));
        return KubeAnswer.json(200, scale(new WireForm(target).tree(after), target));
    }

    /** The object with the number of replicas that a scale wants. */
    private static ObjectNode scaled(ObjectNode before, ObjectNode wanted, Target target) {
        JsonNode replicas = wanted.path("spec").path("replicas");
        if (replicas.asInt(0) < 0) {
            throw ApiError.invalid(
                    KIND,
                    target.name(),
                    List.of(FieldProblem.invalid(
                            "spec.replicas", replicas.toString(), "must be greater than or equal to 0")));
        }
        ObjectNode object = before.deepCopy();
        set(object, ScalePaths.members(paths(target).specReplicas()), replicas.asInt(0));
        String version = wanted.path("metadata").path("resourceVersion").asString("");
        ObjectMeta.of(object).put("resourceVersion", version);
        return object;
    }

    private static int replicas(ObjectNode object, Target target) {
        return at(object, paths(target).specReplicas()).asInt(0);
    }

    private static void set(ObjectNode object, List<String> members, int replicas) {
        ObjectNode at = object;
        for (String member : members.subList(0, members.size() - 1)) {
            at = at.path(member) instanceof ObjectNode there ? there : at.putObject(member);
        }
        at.put(members.getLast(), replicas);
    }

    private static ObjectNode scale(ObjectNode object, Target target) {
        ScalePaths paths = paths(target);
        JsonNode metadata = object.path("metadata");
        ObjectNode scale =
                JsonNodeFactory.instance.objectNode().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode shown = scale.putObject("metadata");
        for (String member : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (metadata.has(member)) {
                shown.set(member, metadata.get(member));
            }
        }
        int wanted = at(object, paths.specReplicas()).asInt(0);
        ObjectNode spec = scale.putObject("spec");
        if (wanted != 0) {
            spec.put("replicas", wanted);
        }
        ObjectNode status = scale.putObject("status")
                .put("replicas", at(object, paths.statusReplicas()).asInt(0));
        String selector = selector(at(object, paths.labelSelector()));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String selector(JsonNode selector) {
        if (!selector.isObject()) {
            return selector.asString("");
        }
        boolean map = !selector.has("matchLabels") && !selector.has("matchExpressions");
        String text = map ? CellText.labels(selector) : CellText.selector(selector);
        return text.equals(CellText.NONE) ? "" : text;
    }

    private static JsonNode at(ObjectNode object, String path) {
        JsonNode node = object;
        for (String member : ScalePaths.members(path)) {
            node = node.path(member);
        }
        return path.isEmpty() ? node.path("no selector") : node;
    }

    private static ScalePaths paths(Target target) {
        return Objects.requireNonNull(target.served().scale());
    }

    private static Target asScale(Target target) {
        return new Target(KIND, "v1", target.namespace(), target.name(), "");
    }
}
