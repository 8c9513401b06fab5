package io.edgemc.kube.apply;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.schema.GoFields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply and the bookkeeping of who owns which field. Pure: works on trees. */
public final class FieldManagement {
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final List<String> IGNORED_METADATA = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "selfLink",
            "generation",
            "managedFields",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final Target target;
    private final String now;
    private final FieldSet reset;

    private FieldManagement(Target target, String now) {
        this.target = target;
        this.now = now;
        this.reset = ResetFields.of(target);
    }

    /**
     * Writes {@code after}'s managedFields for an update. Managed fields that a client sent in {@code after} count if they are
     * valid: so it can clear them.
     */
    public static void updated(
            @Nullable ObjectNode before, ObjectNode after, Target target, String manager, String now) {
        boolean custom = target.kind().origin() != ServedKind.Origin.BUILT_IN;
        ManagedFields managed =
                target.subresource().isEmpty() ? ManagedFields.sent(after, before, custom) : ManagedFields.of(before);
        if (managed.isEmpty() && before != null) {
            // Whose fields nobody knows any more stay so until somebody applies.
            managed.write(after, false);
            return;
        }
        FieldManagement run = new FieldManagement(target, now);
        run.update(managed, before, after, manager);
        run.writer(managed).write(after);
    }

    /**
     * What comes of applying a configuration.
     *
     * @param object the merged object; managedFields are not written yet
     * @param finish writes managedFields, after defaults and validation
     */
    public record Applied(ObjectNode object, Finish finish) {}

    /** Writes managedFields into the final object. */
    @FunctionalInterface
    public interface Finish {
        void write(ObjectNode object);
    }

    /** Refuses a configuration that cannot be merged; throws 400. */
    public static void check(ObjectNode configuration, Target target) {
        String kind = configuration.path("kind").asString("");
        String apiVersion = configuration.path("apiVersion").asString("");
        if (!kind.equals(target.kind().kind()) || !apiVersion.equals(target.apiVersion())) {
            throw ApiError.badRequest("invalid object type: " + groupVersionKind(apiVersion, kind));
        }
        if (configuration.path("metadata").path("managedFields").isArray()) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        MergeType type = MergeType.ofObjects(target.served().schema());
        List<String> problems = TypedCheck.problems(configuration, type);
        if (!problems.isEmpty()) {
            String text = problems.size() == 1 ? problems.getFirst() : "errors:\n  " + String.join("\n  ", problems);
            String namespace = configuration.path("metadata").path("namespace").asString("");
            String name = configuration.path("metadata").path("name").asString("");
            // An API server says 500 here, without a reason; but it is the client's mistake.
            throw new ApiError(
                    400,
                    "",
                    "failed to create typed patch object (" + namespace + "/" + name + "; "
                            + groupVersionKind(apiVersion, kind) + "): " + text,
                    null);
        }
    }

    private static String groupVersionKind(String apiVersion, String kind) {
        return (apiVersion.contains("/") ? "" : "/") + apiVersion + ", Kind=" + kind;
    }

    /** Applies {@code configuration} to {@code live} (null: creates it). Throws 409 for conflicts. */
    public static Applied apply(
            @Nullable ObjectNode live,
            ObjectNode configuration,
            Target target,
            String manager,
            boolean force,
            String now) {
        FieldManagement run = new FieldManagement(target, now);
        ManagedFields managed = ManagedFields.of(live);
        if (managed.isEmpty() && live != null) {
            run.update(managed, null, live, BEFORE_FIRST_APPLY);
        }
        ObjectNode merged = run.apply(managed, live, configuration, manager, force);
        LastApplied.renew(merged, configuration, manager);
        return new Applied(merged, run.writer(managed));
    }

    private Finish writer(ManagedFields managed) {
        boolean asText = target.kind().origin() != ServedKind.Origin.BUILT_IN;
        return object -> managed.write(object, asText);
    }

    private void update(ManagedFields managed, @Nullable ObjectNode before, ObjectNode after, String manager) {
        managed.removeIf(entry -> type(entry.manager.apiVersion()) == null);
        Map<String, Comparison> changes = new HashMap<>();
        JsonNode was = before == null ? atFirst() : reached(owned(before));
        JsonNode is = reached(owned(after));
        for (ManagedFields.Entry entry : managed.entries()) {
            Comparison change = change(changes, entry.manager.apiVersion(), was, is);
            entry.fields = entry.fields.difference(change.touched()).difference(change.removed());
        }
        managed.removeIf(entry -> entry.fields.isEmpty());
        FieldSet mine = withoutMetadataItself(
                change(changes, target.apiVersion(), was, is).touched());
        if (!mine.isEmpty()) {
            Manager who = new Manager(manager, Manager.UPDATE, target.apiVersion(), target.subresource());
            ManagedFields.Entry earlier = managed.find(who);
            managed.put(who, earlier == null ? mine : mine.union(earlier.fields), now);
        }
        managed.cap();
    }

    private ObjectNode apply(
            ManagedFields managed, @Nullable ObjectNode live, ObjectNode configuration, String manager, boolean force) {
        managed.removeIf(entry -> type(entry.manager.apiVersion()) == null);
        MergeType type = Objects.requireNonNull(type(target.apiVersion()));
        Manager who = new Manager(manager, Manager.APPLY, target.apiVersion(), target.subresource());
        ManagedFields.Entry last = managed.find(who);
        FieldSet said = Claims.of(configuration, type).without(reset);
        FieldSet claimed =
                withoutMetadataItself(Claims.of(owned(configuration), type).without(reset));
        JsonNode laid = Merging.merged(live, configuration, type);
        ObjectNode merged = laid instanceof ObjectNode object ? object : configuration.deepCopy();
        if (last != null && !last.fields.equals(claimed)) {
            // Also with what nobody owns, such as the name: where it is, metadata stays.
            managed.put(who, said, last.time);
            merged = Pruning.pruned(merged, last, managed, this::type);
        }
        managed.put(who, claimed, last == null ? "" : last.time);
        if (live != null && Values.same(live, merged)) {
            return merged;
        }
        take(managed, who, live, merged, force, manager);
        managed.put(who, claimed, now);
        return merged;
    }

    /** Takes from the others what changes; throws 409 if they own it and it is not forced. */
    private void take(
            ManagedFields managed,
            Manager who,
            @Nullable ObjectNode live,
            ObjectNode merged,
            boolean force,
            String manager) {
        Map<String, Comparison> changes = new HashMap<>();
        JsonNode was = live == null ? null : owned(live);
        JsonNode is = owned(merged);
        Map<Manager, FieldSet> conflicts = new LinkedHashMap<>();
        for (ManagedFields.Entry entry : managed.entries()) {
            if (!entry.manager.isSameAs(who)) {
                FieldSet taken = entry.fields.intersection(
                        change(changes, entry.manager.apiVersion(), was, is).touched());
                if (!taken.isEmpty()) {
                    conflicts.put(entry.manager, taken);
                }
            }
        }
        if (!force && !conflicts.isEmpty()) {
            Conflicts.refuse(conflicts, LastApplied.upgradable(live, target, manager));
        }
        for (ManagedFields.Entry entry : managed.entries()) {
            if (!entry.manager.isSameAs(who)) {
                FieldSet taken = conflicts.getOrDefault(entry.manager, new FieldSet());
                FieldSet gone =
                        change(changes, entry.manager.apiVersion(), was, is).removed();
                entry.fields = entry.fields.difference(taken).difference(gone);
            }
        }
    }

    private Comparison change(
            Map<String, Comparison> known, String apiVersion, @Nullable JsonNode before, JsonNode after) {
        return known.computeIfAbsent(
                apiVersion,
                v -> Comparison.of(before, after, Objects.requireNonNull(type(v)))
                        .without(reset));
    }

    /** How objects are merged in a version; null for one that is not served. */
    private @Nullable MergeType type(String apiVersion) {
        String group = target.kind().ref().group();
        String prefix = group.isEmpty() ? "" : group + "/";
        ServedVersion served =
                apiVersion.startsWith(prefix) ? target.kind().version(apiVersion.substring(prefix.length())) : null;
        return served == null ? null : MergeType.ofObjects(served.schema());
    }

    /** What a new object is compared with: of a built-in kind, parts of it are always there, and nobody's. */
    private @Nullable JsonNode atFirst() {
        return target.kind().origin() == ServedKind.Origin.BUILT_IN
                ? reached(owned(GoFields.nothing(target.served().schema())))
                : null;
    }

    /** Without what the server alone writes: all that makes a namespace live. */
    private ObjectNode reached(ObjectNode object) {
        if (target.kind().ref().toString().equals("namespaces")
                && target.kind().origin() == ServedKind.Origin.BUILT_IN) {
            object.remove("spec");
        }
        return object;
    }

    /** Every object has metadata: nobody owns that it is there, only what is in it. */
    private static FieldSet withoutMetadataItself(FieldSet fields) {
        FieldSet metadata = fields.child("f:metadata");
        if (metadata != null) {
            metadata.exclude();
            fields.tidy("f:metadata");
        }
        return fields;
    }

    /** The part of an object that can be owned. */
    private static ObjectNode owned(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        object.properties().forEach(member -> {
            switch (member.getKey()) {
                case "apiVersion", "kind" -> {}
                case "metadata" -> {
                    if (member.getValue() instanceof ObjectNode given) {
                        ObjectNode metadata = given.deepCopy();
                        IGNORED_METADATA.forEach(metadata::remove);
                        if (!metadata.isEmpty()) {
                            copy.set("metadata", metadata);
                        }
                    }
                }
                default -> copy.set(member.getKey(), member.getValue());
            }
        });
        return copy;
    }
}
