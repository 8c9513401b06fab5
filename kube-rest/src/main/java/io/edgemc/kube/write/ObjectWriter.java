package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.patch.Patch;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Create, replace, patch and apply. Each parses once, checks, and commits once; see DESIGN.md, "Write". */
public final class ObjectWriter {
    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_NAMES = 8;

    private final KubeStore store;
    private final KindCatalog catalog;
    private final ObjectReader reader;
    private final BodyReader bodies;
    private final Preparation preparation;
    private final ServerSideApply applies;
    private final Commits commits;
    private final CrdEstablishment establishment;

    public ObjectWriter(
            KubeStore store,
            KindCatalog catalog,
            ViewRules rules,
            ObjectReader reader,
            BodyReader bodies,
            Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.reader = reader;
        this.bodies = bodies;
        this.preparation = new Preparation(catalog, rules, clock);
        this.applies = new ServerSideApply(store, this, reader, bodies, clock);
        this.commits = new Commits(store);
        this.establishment = new CrdEstablishment(catalog, commits, clock);
    }

    public KubeAnswer create(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        SentBody sent = bodies.sent(request, target);
        ObjectNode object = BodyReader.object(sent, target);
        List<Header> warnings = new ArrayList<>(ObjectShape.shaped(object, sent, target, options));
        return Warned.of(warnings, () -> {
            ObjectShape.addressed(object, target);
            return created(request, object, target, options, warnings);
        });
    }

    private KubeAnswer created(
            KubeRequest request, ObjectNode object, Target target, WriteOptions options, List<Header> warnings) {
        String given = object.path("metadata").path("name").asString("");
        String base = object.path("metadata").path("generateName").asString("");
        for (int attempt = 1; ; attempt++) {
            String name = given.isEmpty() && !base.isEmpty() ? NameRules.generated(base) : given;
            try {
                ObjectNode named = given.isEmpty() ? object.deepCopy() : object;
                StoredObject made = created(named, at(target, name), options, request.actor(), null);
                warnings.addAll(KindRules.warnings(target.kind(), named));
                return reader.answer(201, request, at(target, name), made);
            } catch (ApiError e) {
                boolean again = e.reason().equals("AlreadyExists") && given.isEmpty() && attempt < MOST_NAMES;
                if (!again) {
                    throw e;
                }
            }
        }
    }

    StoredObject created(
            ObjectNode object,
            Target target,
            WriteOptions options,
            Actor actor,
            FieldManagement.@Nullable Finish applied) {
        ServedKind kind = target.kind();
        if (target.name().isEmpty()) {
            throw ApiError.invalid(
                    kind, "", List.of(FieldProblem.required("metadata.name", "name or generateName is required")));
        }
        if (!object.path("metadata").path("resourceVersion").asString("").isEmpty()) {
            throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
        }
        NamespaceGate.check(store, catalog.now(), target);
        preparation.create(object, target, options, actor, applied);
        target.served().traits().form().toRest(object);
        if (options.dryRun()) {
            if (store.get(kind.rests(), target.namespace(), target.name()) != null) {
                throw taken(target);
            }
            return Commits.imagined(object, target, 0);
        }
        try {
            StoredObject made = commits.create(object, target, actor);
            if (kind.ref().equals(CrdKinds.CRDS)) {
                establishment.of(made, actor);
            }
            return made;
        } catch (StoreException.AlreadyExists e) {
            throw taken(target);
        }
    }

    private ApiError taken(Target target) {
        StoredObject there = store.get(target.kind().rests(), target.namespace(), target.name());
        return ApiError.alreadyExists(
                target.kind().ref(),
                target.name(),
                there != null && ObjectMeta.isDeleting(new WireForm(target).tree(there)));
    }

    public KubeAnswer replace(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        SentBody sent = bodies.sent(request, target);
        ObjectNode object = BodyReader.object(sent, target);
        if (object.path("metadata").path("name").asString("").isEmpty()) {
            throw ApiError.badRequest("the name of the object (" + target.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        List<Header> warnings = new ArrayList<>(ObjectShape.shaped(object, sent, target, options));
        return Warned.of(warnings, () -> {
            ObjectShape.addressed(object, target);
            if (CreatedByReplacement.is(target) && absent(target)) {
                CreatedByReplacement.prepare(object, target);
                return created(request, object, target, options, warnings);
            }
            MetaChanges.requireVersion(object, target);
            StoredObject after = changed(target, options, request.actor(), before -> {
                MetaChanges.requireUid(before, object, target);
                return object.deepCopy();
            });
            if (KindRules.warns(target.kind())) {
                warnings.addAll(KindRules.warnings(target.kind(), new WireForm(target).tree(after)));
            }
            return reader.answer(200, request, target, after);
        });
    }

    public KubeAnswer patch(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        String media = request.mediaType();
        if ("application/apply-patch+yaml".equals(media)) {
            return applies.apply(request, target, options);
        }
        options.refuseForce();
        Patch.Kind sort = Patch.Kind.of(media == null ? "" : media, target);
        byte[] body = bodies.bytes(request);
        List<Header> warnings = new ArrayList<>();
        return Warned.of(warnings, () -> {
            StoredObject after = changed(target, options, request.actor(), before -> {
                SentBody sent = bodies.patch(body, sort.refusal());
                ObjectNode patched = sort.patch(sent.node()).apply(before, target);
                ObjectMeta.refuseOtherUid(before, patched, target);
                if (sort == Patch.Kind.STRATEGIC) {
                    StrategicTypes.check(patched, sent.node(), target);
                }
                warnings.clear();
                warnings.addAll(ObjectShape.shaped(patched, sent, target, options));
                ObjectShape.addressed(patched, target);
                return patched;
            });
            if (KindRules.warns(target.kind())) {
                warnings.addAll(KindRules.warnings(target.kind(), new WireForm(target).tree(after)));
            }
            return reader.answer(200, request, target, after);
        });
    }

    private StoredObject changed(Target target, WriteOptions options, Actor actor, UnaryOperator<ObjectNode> edit) {
        return changed(target, options, actor, edit, null);
    }

    /** Reads, edits, checks, commits; again if someone else was faster and the client did not name a version. */
    StoredObject changed(
            Target target,
            WriteOptions options,
            Actor actor,
            UnaryOperator<ObjectNode> edit,
            FieldManagement.@Nullable Finish applied) {
        WireForm wire = new WireForm(target);
        for (int attempt = 1; ; attempt++) {
            StoredObject stored = store.get(target.kind().rests(), target.namespace(), target.name());
            if (stored == null) {
                throw ApiError.notFound(target.kind().ref(), target.name());
            }
            ObjectNode before = wire.tree(stored);
            KindRules.completeStored(target, before);
            ObjectNode after = edit.apply(before);
            String version = after.path("metadata").path("resourceVersion").asString("");
            if (!version.isEmpty() && !version.equals(Long.toString(stored.resourceVersion()))) {
                throw ApiError.stale(target.kind().ref(), target.name());
            }
            List<FieldProblem> changes = MetaChanges.problems(before, after);
            preparation.update(before, after, changes, target, options, actor, applied);
            if (Sameness.same(before, after)) {
                return stored;
            }
            target.served().traits().form().toRest(after);
            if (options.dryRun()) {
                return Commits.imagined(after, target, stored.resourceVersion());
            }
            try {
                boolean gone = ObjectMeta.isDeleting(after) && !ObjectMeta.hasFinalizers(after) && !isNamespace(target);
                return gone ? removed(after, stored, actor) : commits.replace(after, stored, actor);
            } catch (StoreException.Stale e) {
                if (attempt >= MOST_ATTEMPTS) {
                    throw ApiError.stale(target.kind().ref(), target.name());
                }
            }
        }
    }

    /** The last finalizer of an object that is being deleted went away. */
    private StoredObject removed(ObjectNode after, StoredObject stored, Actor actor) {
        StoredObject last = commits.remove(stored, actor);
        Target none = new Target(
                java.util.Objects.requireNonNull(catalog.now().find(stored.kind())), "", stored.namespace(), "", "");
        return Commits.imagined(after, none, last.resourceVersion());
    }

    private boolean absent(Target target) {
        return store.get(target.kind().rests(), target.namespace(), target.name()) == null;
    }

    private static boolean isNamespace(Target target) {
        return target.kind().ref().equals(KindRules.NAMESPACES);
    }

    private static Target at(Target target, String name) {
        return new Target(target.kind(), target.version(), target.namespace(), name, target.subresource());
    }
}
