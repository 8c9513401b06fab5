package io.edgemc.kube.write;

import io.edgemc.kube.api.Admission;
import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.apply.ResetFields;
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
    private final ViewRules rules;
    private final ObjectReader reader;
    private final BodyReader bodies;
    private final Clock clock;
    private final Commits commits;

    public ObjectWriter(
            KubeStore store,
            KindCatalog catalog,
            ViewRules rules,
            ObjectReader reader,
            BodyReader bodies,
            Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.rules = rules;
        this.reader = reader;
        this.bodies = bodies;
        this.clock = clock;
        this.commits = new Commits(store);
    }

    public KubeAnswer create(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        ObjectNode object = bodies.object(request, target);
        List<Header> warnings = ObjectShape.shaped(object, target, options);
        ObjectShape.addressed(object, target);
        String given = object.path("metadata").path("name").asString("");
        String base = object.path("metadata").path("generateName").asString("");
        for (int attempt = 1; ; attempt++) {
            String name = given.isEmpty() && !base.isEmpty() ? NameRules.generated(base) : given;
            try {
                StoredObject made = created(
                        given.isEmpty() ? object.deepCopy() : object, at(target, name), options, request.actor(), null);
                return reader.answer(201, request, at(target, name), made).with(warnings);
            } catch (ApiError e) {
                boolean again = e.reason().equals("AlreadyExists") && given.isEmpty() && attempt < MOST_NAMES;
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private StoredObject created(
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
        ObjectMeta.created(object, target, target.name(), clock.instant());
        if (target.served().hasStatus()) {
            object.remove("status");
        }
        ObjectShape.completed(object, target);
        KindRules.prepare(kind, null, object, catalog.now(), clock.instant());
        List<FieldProblem> problems = new ArrayList<>(KindRules.problems(kind, null, object));
        FieldProblem name = NameRules.problem(target, target.name());
        if (name != null) {
            problems.add(name);
        }
        ObjectShape.validated(null, object, target, problems);
        admitted(Admission.Operation.CREATE, target, null, object, options, actor);
        managed(null, object, target, options, applied);
        if (options.dryRun()) {
            if (store.get(kind.ref(), target.namespace(), target.name()) != null) {
                throw ApiError.alreadyExists(kind.ref(), target.name());
            }
            return Commits.imagined(object, target, 0);
        }
        try {
            return commits.create(object, target, actor);
        } catch (StoreException.AlreadyExists e) {
            throw ApiError.alreadyExists(kind.ref(), target.name());
        }
    }

    public KubeAnswer replace(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        ObjectNode sent = bodies.object(request, target);
        ObjectShape.named(sent, target);
        List<Header> warnings = ObjectShape.shaped(sent, target, options);
        ObjectShape.addressed(sent, target);
        StoredObject after = changed(target, options, request.actor(), before -> {
            versioned(sent, target);
            return sent.deepCopy();
        });
        return reader.answer(200, request, target, after).with(warnings);
    }

    /** Of a custom kind, who replaces an object says which version. */
    private static void versioned(ObjectNode sent, Target target) {
        boolean needed = target.kind().origin() != ServedKind.Origin.BUILT_IN;
        if (needed && sent.path("metadata").path("resourceVersion").asString("").isEmpty()) {
            throw ApiError.invalid(
                    target.kind(),
                    target.name(),
                    List.of(FieldProblem.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
        }
    }

    public KubeAnswer patch(KubeRequest request, Target target) {
        WriteOptions options = WriteOptions.of(request);
        String media = request.mediaType();
        if ("application/apply-patch+yaml".equals(media)) {
            return apply(request, target, options);
        }
        options.refuseForce();
        Patch patch = Patch.of(media == null ? "" : media, bodies.json(bodies.bytes(request)), target);
        List<Header> warnings = new ArrayList<>();
        StoredObject after = changed(target, options, request.actor(), before -> {
            ObjectNode patched = patch.apply(before, target);
            warnings.clear();
            warnings.addAll(ObjectShape.shaped(patched, target, options));
            ObjectShape.addressed(patched, target);
            return patched;
        });
        return reader.answer(200, request, target, after).with(warnings);
    }

    private KubeAnswer apply(KubeRequest request, Target target, WriteOptions options) {
        options.requireManager(request);
        ObjectNode configuration = bodies.object(request, target);
        FieldManagement.check(configuration, target);
        List<Header> warnings = List.of();
        for (int attempt = 1; ; attempt++) {
            boolean exists = store.get(target.kind().ref(), target.namespace(), target.name()) != null;
            try {
                StoredObject result = exists
                        ? applied(configuration, target, options, request.actor())
                        : appliedNew(configuration, target, options, request.actor());
                return reader.answer(exists ? 200 : 201, request, target, result)
                        .with(warnings);
            } catch (ApiError e) {
                boolean raced =
                        exists ? e.reason().equals("NotFound") : e.reason().equals("AlreadyExists");
                if (!raced || attempt >= MOST_ATTEMPTS || !target.subresource().isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private StoredObject appliedNew(ObjectNode configuration, Target target, WriteOptions options, Actor actor) {
        if (!target.subresource().isEmpty()) {
            throw ApiError.notFound(target.kind().ref(), target.name());
        }
        String uid = configuration.path("metadata").path("uid").asString("");
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        FieldManagement.Applied applied = FieldManagement.apply(
                null, configuration, target, options.manager(), options.force(), ObjectMeta.time(clock.instant()));
        ObjectNode object = applied.object();
        ObjectMeta.of(object).remove("resourceVersion");
        ObjectShape.merged(object, target, options);
        ObjectShape.named(object, target);
        ObjectShape.addressed(object, target);
        return created(object, target, options, actor, applied.finish());
    }

    private StoredObject applied(ObjectNode configuration, Target target, WriteOptions options, Actor actor) {
        String now = ObjectMeta.time(clock.instant());
        FieldManagement.Finish[] finish = new FieldManagement.Finish[1];
        return changed(
                target,
                options,
                actor,
                before -> {
                    FieldManagement.Applied applied = FieldManagement.apply(
                            before, configuration, target, options.manager(), options.force(), now);
                    finish[0] = applied.finish();
                    ObjectShape.merged(applied.object(), target, options);
                    ObjectShape.addressed(applied.object(), target);
                    return applied.object();
                },
                object -> finish[0].write(object));
    }

    private StoredObject changed(Target target, WriteOptions options, Actor actor, UnaryOperator<ObjectNode> edit) {
        return changed(target, options, actor, edit, null);
    }

    /**
     * Reads, edits, checks, commits; again if someone else was faster and the client did not name a version.
     *
     * @param applied writes managedFields; null for those of an update
     */
    StoredObject changed(
            Target target,
            WriteOptions options,
            Actor actor,
            UnaryOperator<ObjectNode> edit,
            FieldManagement.@Nullable Finish applied) {
        WireForm wire = new WireForm(target);
        for (int attempt = 1; ; attempt++) {
            StoredObject stored = store.get(target.kind().ref(), target.namespace(), target.name());
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
            settled(before, after, target, options, actor, applied);
            if (Sameness.same(before, after)) {
                return stored;
            }
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

    private void settled(
            ObjectNode before,
            ObjectNode after,
            Target target,
            WriteOptions options,
            Actor actor,
            FieldManagement.@Nullable Finish applied) {
        ServedKind kind = target.kind();
        boolean status = target.subresource().equals("status");
        if (status) {
            ObjectNode wanted = after.deepCopy();
            after.removeAll();
            before.properties()
                    .forEach(member ->
                            after.set(member.getKey(), member.getValue().deepCopy()));
            KindRules.keep(wanted, after, "status");
            after.set("metadata", ResetFields.metadata(before, wanted, target));
        } else if (target.served().hasStatus()) {
            KindRules.keep(before, after, "status");
        }
        ObjectMeta.updated(before, after, target);
        ObjectShape.completed(after, target);
        if (!status) {
            KindRules.prepare(kind, before, after, catalog.now(), clock.instant());
            List<FieldProblem> problems = new ArrayList<>(KindRules.problems(kind, before, after));
            problems.addAll(Finalizers.problems(before, after));
            ObjectShape.validated(before, after, target, problems);
        } else {
            ObjectShape.validated(before, after, target, List.of());
        }
        admitted(Admission.Operation.UPDATE, target, before, after, options, actor);
        if (!status && Generations.counted(kind) && Generations.differ(kind, target.served(), before, after)) {
            long generation = before.path("metadata").path("generation").asLong(0);
            ObjectMeta.of(after).put("generation", generation + 1);
        }
        managed(before, after, target, options, applied);
        ObjectMeta.of(after)
                .put(
                        "resourceVersion",
                        ObjectMeta.of(before).path("resourceVersion").asString(""));
    }

    private void managed(
            @Nullable ObjectNode before,
            ObjectNode after,
            Target target,
            WriteOptions options,
            FieldManagement.@Nullable Finish applied) {
        if (applied != null) {
            applied.write(after);
        } else {
            FieldManagement.updated(before, after, target, options.manager(), ObjectMeta.time(clock.instant()));
        }
    }

    private void admitted(
            Admission.Operation operation,
            Target target,
            @Nullable ObjectNode before,
            ObjectNode after,
            WriteOptions options,
            Actor actor) {
        List<FieldProblem> problems = rules.admit(new Admission(
                operation,
                target.kind(),
                target.namespace(),
                target.name(),
                target.subresource(),
                before,
                after,
                actor,
                options.dryRun()));
        if (!problems.isEmpty()) {
            throw ApiError.invalid(target.kind(), target.name(), problems);
        }
    }

    private static boolean isNamespace(Target target) {
        return target.kind().ref().equals(KindRules.NAMESPACES);
    }

    private static Target at(Target target, String name) {
        return new Target(target.kind(), target.version(), target.namespace(), name, target.subresource());
    }
}
