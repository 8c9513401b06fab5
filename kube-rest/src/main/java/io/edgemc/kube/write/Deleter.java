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
import io.edgemc.kube.read.Lister;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deletion: preconditions, finalizers, and the two kinds whose objects take others along (namespaces, CRDs). */
public final class Deleter {
    private static final int MOST_ATTEMPTS = 10;
    private static final KindRef PODS = new KindRef("", "pods");
    /** Kinds whose objects an API server sends back when it deleted them; of all others it says only that it did. */
    private static final Set<String> RETURNED = Set.of(
            "pods",
            "podtemplates",
            "services",
            "serviceaccounts",
            "namespaces",
            "resourcequotas",
            "persistentvolumes",
            "persistentvolumeclaims",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "volumeattributesclasses.storage.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "deviceclasses.resource.k8s.io",
            "devicetaintrules.resource.k8s.io",
            "resourceclaims.resource.k8s.io",
            "resourceclaimtemplates.resource.k8s.io",
            "resourceslices.resource.k8s.io");

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final KubeStore store;
    private final ViewRules rules;
    private final ObjectReader reader;
    private final Lister lister;
    private final BodyReader bodies;
    private final Clock clock;
    private final Commits commits;

    public Deleter(KubeStore store, ViewRules rules, ObjectReader reader, BodyReader bodies, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.reader = reader;
        this.lister = new Lister(store, clock);
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

    public KubeAnswer delete(KubeRequest request, Target target) {
        DeleteOptions options = DeleteOptions.of(request, target, bodies);
        Deleted deleted = delete(target, options, request.actor());
        StoredObject left = deleted.left();
        if (left != null) {
            return reader.answer(200, request, target, left);
        }
        String kind = target.kind().ref().toString();
        return RETURNED.contains(kind)
                ? reader.answer(200, request, target, last(target, deleted.before()))
                : gone(target, deleted.before().uid());
    }

    /** An object as it was when it ended. A Pod was told to end first; as no node runs it, that took no time. */
    private StoredObject last(Target target, StoredObject before) {
        if (!target.kind().ref().equals(PODS)) {
            return before;
        }
        ObjectNode pod = new WireForm(target).tree(before);
        ObjectNode metadata = ObjectMeta.of(pod);
        metadata.put("deletionTimestamp", ObjectMeta.time(clock.instant()))
                .put("deletionGracePeriodSeconds", 0)
                .put("generation", metadata.path("generation").asLong(0) + 1);
        return Commits.imagined(pod, target, before.resourceVersion());
    }

    /** Deletes what the request's selectors select, at most as many as its limit says; answers with them as they were. */
    public KubeAnswer deleteCollection(KubeRequest request, Target target) {
        DeleteOptions options = DeleteOptions.of(request, target, bodies);
        Lister.Selected chosen = lister.chosen(request, target);
        for (StoredObject object : chosen.objects()) {
            deleteIfThere(target, object, options, request.actor());
        }
        return reader.list(target, chosen);
    }

    private void deleteIfThere(Target target, StoredObject object, DeleteOptions options, Actor actor) {
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
        return delete(target, DeleteOptions.NONE, actor).left();
    }

    private Deleted delete(Target target, DeleteOptions options, Actor actor) {
        WireForm wire = new WireForm(target);
        for (int attempt = 1; ; attempt++) {
            StoredObject stored = store.get(target.kind().rests(), target.namespace(), target.name());
            if (stored == null) {
                throw ApiError.notFound(target.kind().ref(), target.name());
            }
            options.check(target, stored);
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
            Target target, DeleteOptions options, StoredObject stored, ObjectNode before, Actor actor) {
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
