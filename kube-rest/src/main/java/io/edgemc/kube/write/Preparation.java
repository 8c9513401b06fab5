package io.edgemc.kube.write;

import io.edgemc.kube.api.Admission;
import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.apply.ResetFields;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.rules.BuiltInDecisions;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.GoFields;
import io.edgemc.kube.store.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an object from what a client wants to what is stored: defaults, what the server decides, validation, admission,
 * managedFields; see DESIGN.md, "Write". Changes objects in place; throws what is refused.
 */
final class Preparation {
    private final KindCatalog catalog;
    private final ViewRules rules;
    private final Clock clock;

    Preparation(KindCatalog catalog, ViewRules rules, Clock clock) {
        this.catalog = catalog;
        this.rules = rules;
        this.clock = clock;
    }

    /** {@code applied}: who applies says itself what it owns; null for all others. */
    void create(
            ObjectNode object,
            Target target,
            WriteOptions options,
            Actor actor,
            FieldManagement.@Nullable Finish applied) {
        ServedKind kind = target.kind();
        ObjectMeta.created(object, target, target.name(), clock.instant());
        if (target.served().hasStatus()) {
            object.remove("status");
        }
        ObjectShape.completed(object, target);
        ObjectNode asked = completed(null, object, target, applied);
        List<FieldProblem> problems = new ArrayList<>(KindRules.problems(kind, null, object));
        ObjectShape.validated(null, object, target, NameRules.problems(target, target.name()), problems);
        admitted(Admission.Operation.CREATE, target, null, object, options, actor);
        managed(null, asked, object, target, options, applied);
    }

    /** The same for an object in the place of {@code before}; {@code changes} is what is wrong with what a client changes. */
    void update(
            ObjectNode before,
            ObjectNode after,
            List<FieldProblem> changes,
            Target target,
            WriteOptions options,
            Actor actor,
            FieldManagement.@Nullable Finish applied) {
        ServedKind kind = target.kind();
        boolean status = target.subresource().equals("status");
        if (status) {
            onlyStatus(before, after, target);
        } else if (target.served().hasStatus()) {
            KindRules.keep(before, after, "status");
        }
        ObjectMeta.updated(before, after);
        ObjectShape.completed(after, target);
        ObjectNode asked = after;
        if (!status) {
            asked = completed(before, after, target, applied);
            List<FieldProblem> problems = new ArrayList<>(KindRules.problems(kind, before, after));
            problems.addAll(Finalizers.problems(before, after));
            ObjectShape.validated(before, after, target, changes, problems);
        } else {
            ObjectShape.validated(before, after, target, changes, List.of());
        }
        admitted(Admission.Operation.UPDATE, target, before, after, options, actor);
        if (!status && Generations.counted(kind) && Generations.differ(kind, target.served(), before, after)) {
            long generation = before.path("metadata").path("generation").asLong(0);
            ObjectMeta.of(after).put("generation", generation + 1);
        }
        managed(before, asked, after, target, options, applied);
        ObjectMeta.of(after)
                .put(
                        "resourceVersion",
                        ObjectMeta.of(before).path("resourceVersion").asString(""));
    }

    private static void onlyStatus(ObjectNode before, ObjectNode after, Target target) {
        ObjectNode wanted = after.deepCopy();
        after.removeAll();
        before.properties()
                .forEach(member -> after.set(member.getKey(), member.getValue().deepCopy()));
        KindRules.keep(wanted, after, "status");
        after.set("metadata", ResetFields.metadata(before, wanted, target));
    }

    /** Defaults, and what the server decides. Returns what counts as the client's: without what the server decides. */
    private ObjectNode completed(
            @Nullable ObjectNode before, ObjectNode object, Target target, FieldManagement.@Nullable Finish applied) {
        // Who applies stringData owns that, and not the data that it becomes.
        boolean plain = applied != null && object.path("stringData").isObject();
        ObjectNode asked = plain ? object.deepCopy() : null;
        KindRules.prepare(target.kind(), before, object, catalog.now(), clock.instant());
        // Whoever creates an object by way of its status gets nothing decided.
        if (target.kind().origin() == ServedKind.Origin.BUILT_IN
                && !target.subresource().equals("status")
                && BuiltInDecisions.has(target.kind().ref())) {
            asked = asked == null ? object.deepCopy() : asked;
            BuiltInDecisions.apply(target.kind().ref(), before, object, ObjectMeta.time(clock.instant()));
        }
        return asked == null ? object : asked;
    }

    private void managed(
            @Nullable ObjectNode before,
            ObjectNode asked,
            ObjectNode after,
            Target target,
            WriteOptions options,
            FieldManagement.@Nullable Finish applied) {
        if (applied != null) {
            applied.write(asked);
        } else {
            // Who changes a scale owns the replicas, but nobody knows since when.
            String now = target.subresource().equals("scale") ? "" : ObjectMeta.time(clock.instant());
            FieldManagement.updated(before, asked, target, options.manager(), now);
        }
        if (asked != after) {
            KindRules.keep(ObjectMeta.of(asked), ObjectMeta.of(after), "managedFields");
        }
        OtherVersions.forgetOwners(after, target);
        GoFields.rest(after, target.served().schema());
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
}
