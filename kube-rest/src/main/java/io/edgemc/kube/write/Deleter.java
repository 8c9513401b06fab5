package io.edgemc.kube.write;

import io.edgemc.kube.api.Admission;
import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.read.Selection;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deletion: preconditions, finalizers, and the two kinds whose objects take others along (namespaces, CRDs). */
public final class Deleter {
    private static final int MOST_ATTEMPTS = 10;
    private static final int PAGE = 200;
    private static final Set<String> PROPAGATIONS = Set.of("", "Orphan", "Background", "Foreground");

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final KubeStore store;
    private final ViewRules rules;
    private final ObjectReader reader;
    private final BodyReader bodies;
    private final Clock clock;
    private final Commits commits;

    public Deleter(KubeStore store, ViewRules rules, ObjectReader reader, BodyReader bodies, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.reader = reader;
        this.bodies = bodies;
        this.clock = clock;
        this.commits = new Commits(store);
    }

    /**
     * What a deletion did.
     *
     * @param before the object as it was
     * @param left what is there now; null if it is gone
     */
    private record Deleted(StoredObject before, @Nullable StoredObject left) {}

    /** What a client asked for in DeleteOptions. */
    private record Options(String uid, String resourceVersion, boolean dryRun) {}

    public KubeAnswer delete(KubeRequest request, Target target) {
        Options options = options(request, target);
        Deleted deleted = delete(target, options, request.actor());
        StoredObject left = deleted.left();
        return left == null ? gone(target, deleted.before().uid()) : reader.answer(200, request, target, left);
    }

    /** Deletes what the request's selectors select, at most as many as its limit says; answers with them as they were. */
    public KubeAnswer deleteCollection(KubeRequest request, Target target) {
        Options options = options(request, target);
        Selection selection = Selection.of(request, target);
        long limit = request.number("limit", 0);
        List<StoredObject> all = new ArrayList<>();
        long snapshot = 0;
        ObjectQuery.After after = null;
        while (limit == 0 || all.size() < limit) {
            ObjectPage page = store.list(new ObjectQuery(
                    target.kind().ref(),
                    target.namespace().isEmpty() ? null : target.namespace(),
                    snapshot,
                    after,
                    PAGE));
            snapshot = page.snapshot();
            for (StoredObject object : page.objects()) {
                if (selection.holds(object) && (limit == 0 || all.size() < limit)) {
                    deleteIfThere(target, object, options, request.actor());
                    all.add(object);
                }
            }
            if (!page.more()) {
                break;
            }
            StoredObject last = page.objects().getLast();
            after = new ObjectQuery.After(last.namespace(), last.name());
        }
        return reader.list(target, all, snapshot);
    }

    private void deleteIfThere(Target target, StoredObject object, Options options, Actor actor) {
        Target one = new Target(target.kind(), target.version(), object.namespace(), object.name(), "");
        try {
            delete(one, options, actor);
        } catch (ApiError e) {
            if (!e.reason().equals("NotFound")) {
                throw e;
            }
        }
    }

    /** Deletes an object on behalf of the view itself. Null if it is gone, else what is left. */
    public @Nullable StoredObject delete(Target target, Actor actor) {
        return delete(target, new Options("", "", false), actor).left();
    }

    private Deleted delete(Target target, Options options, Actor actor) {
        WireForm wire = new WireForm(target);
        for (int attempt = 1; ; attempt++) {
            StoredObject stored = store.get(target.kind().ref(), target.namespace(), target.name());
            if (stored == null) {
                throw ApiError.notFound(target.kind().ref(), target.name());
            }
            checkPreconditions(target, options, stored);
            ObjectNode before = wire.tree(stored);
            List<FieldProblem> problems = rules.admit(new Admission(
                    Admission.Operation.DELETE,
                    target.kind(),
                    target.namespace(),
                    target.name(),
                    "",
                    before,
                    null,
                    actor,
                    options.dryRun()));
            if (!problems.isEmpty()) {
                throw ApiError.invalid(target.kind(), target.name(), problems);
            }
            try {
                return new Deleted(stored, delete(target, options, stored, before, actor));
            } catch (StoreException.Stale e) {
                if (attempt >= MOST_ATTEMPTS) {
                    throw ApiError.stale(target.kind().ref(), target.name());
                }
            }
        }
    }

    private @Nullable StoredObject delete(
            Target target, Options options, StoredObject stored, ObjectNode before, Actor actor) {
        boolean namespace = target.kind().ref().equals(KindRules.NAMESPACES);
        if (namespace && IMMORTAL.contains(target.name())) {
            throw ApiError.forbidden(target.kind().ref(), target.name(), "this namespace may not be deleted");
        }
        boolean crd = target.kind().ref().equals(CrdKinds.CRDS);
        boolean waits = namespace || crd || ObjectMeta.hasFinalizers(before);
        if (!waits) {
            if (!options.dryRun()) {
                commits.remove(stored, actor);
            }
            return null;
        }
        if (ObjectMeta.isDeleting(before)) {
            return stored;
        }
        ObjectNode after = before.deepCopy();
        ObjectNode metadata = ObjectMeta.of(after);
        metadata.put("deletionTimestamp", ObjectMeta.time(clock.instant()));
        if (namespace) {
            after.withObject("/status").put("phase", "Terminating");
        } else {
            metadata.put("deletionGracePeriodSeconds", 0);
        }
        if (crd) {
            addFinalizer(metadata, CrdRules.CLEANUP);
        }
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asLong(0) + 1);
        }
        if (options.dryRun()) {
            return Commits.imagined(after, target, stored.resourceVersion());
        }
        return commits.replace(after, stored, actor);
    }

    private static void addFinalizer(ObjectNode metadata, String name) {
        ArrayNode finalizers =
                metadata.path("finalizers") instanceof ArrayNode there ? there : metadata.putArray("finalizers");
        if (finalizers.valueStream().noneMatch(f -> f.asString("").equals(name))) {
            finalizers.add(name);
        }
    }

    private static void checkPreconditions(Target target, Options options, StoredObject stored) {
        if (!options.uid().isEmpty() && !options.uid().equals(stored.uid())) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + options.uid() + ", UID in object meta: "
                            + stored.uid());
        }
        String version = Long.toString(stored.resourceVersion());
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "Precondition failed: ResourceVersion in precondition: " + options.resourceVersion()
                            + ", ResourceVersion in object meta: " + version);
        }
    }

    private Options options(KubeRequest request, Target target) {
        byte[] body = bodies.bytes(request);
        boolean dryRun = WriteOptions.of(request).dryRun();
        request.number("gracePeriodSeconds", 0);
        String propagation = request.parameter("propagationPolicy");
        if (body.length == 0) {
            checkPropagation(propagation);
            return new Options("", "", dryRun);
        }
        JsonNode node = bodies.parsed(request.mediaType(), body, target);
        if (!node.isObject()) {
            throw ApiError.badRequest("DeleteOptions is an object");
        }
        String kind = node.path("kind").asString("DeleteOptions");
        if (!kind.equals("DeleteOptions")) {
            throw ApiError.badRequest(
                    KindMismatch.unregistered(kind, node.path("apiVersion").asString("")));
        }
        checkPropagation(node.path("propagationPolicy").asString(propagation));
        for (JsonNode stage : node.path("dryRun")) {
            if (!stage.asString("").equals("All")) {
                throw ApiError.invalidOptions(
                        "DeleteOptions",
                        List.of(new FieldProblem(
                                "dryRun",
                                FieldProblem.Type.NOT_SUPPORTED,
                                "Unsupported value: [" + stage + "]: supported values: \"All\"")));
            }
            dryRun = true;
        }
        JsonNode preconditions = node.path("preconditions");
        return new Options(
                preconditions.path("uid").asString(""),
                preconditions.path("resourceVersion").asString(""),
                dryRun);
    }

    /** Accepted and without effect: a view has no garbage collector, as it has no controllers. */
    private static void checkPropagation(String policy) {
        if (!PROPAGATIONS.contains(policy)) {
            throw ApiError.badRequest("propagationPolicy: Unsupported value: \"" + policy
                    + "\": supported values: \"Background\", \"Foreground\", \"Orphan\"");
        }
    }

    private KubeAnswer gone(Target target, String uid) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", target.name());
        if (!target.kind().ref().group().isEmpty()) {
            details.put("group", target.kind().ref().group());
        }
        details.put("kind", target.kind().ref().resource());
        details.put("uid", uid);
        return KubeAnswer.json(200, status);
    }
}
