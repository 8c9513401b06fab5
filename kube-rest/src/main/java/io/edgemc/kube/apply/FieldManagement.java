package io.edgemc.kube.apply;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply and the bookkeeping of who owns which field. Pure: works on trees. */
public final class FieldManagement {
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

    private FieldManagement() {}

    /** Writes {@code after}'s managedFields for an update, whoever sent whatever as managedFields. */
    public static void updated(
            @Nullable ObjectNode before, ObjectNode after, Target target, String manager, String now) {
        Manager who = new Manager(manager, Manager.UPDATE, target.apiVersion(), target.subresource());
        ManagedFields managed = ManagedFields.of(before);
        Schema schema = target.served().schema();
        Ownership.Comparison change = Ownership.compare(before == null ? null : owned(before), owned(after), schema);
        FieldSet touched = change.touched();
        managed.takeFromOthers(who, touched, change.removed());
        FieldSet mine = managed.fieldsOf(who).difference(change.removed()).union(touched);
        if (!touched.isEmpty() || !change.removed().isEmpty()) {
            managed.put(who, mine, now);
        }
        managed.write(after);
    }

    /**
     * What comes of applying a configuration.
     *
     * @param object the merged object; managedFields are not written yet
     * @param finish writes managedFields, after defaults and validation
     */
    public record Applied(ObjectNode object, Finish finish) {}

    /** Checks for conflicts and writes managedFields into the final object; throws 409. */
    @FunctionalInterface
    public interface Finish {
        void write(ObjectNode object);
    }

    /** Applies {@code configuration} to {@code live} (null: creates it). */
    public static Applied apply(
            @Nullable ObjectNode live,
            ObjectNode configuration,
            Target target,
            String manager,
            boolean force,
            String now) {
        Schema schema = target.served().schema();
        Manager who = new Manager(manager, Manager.APPLY, target.apiVersion(), target.subresource());
        ManagedFields managed = ManagedFields.of(live);
        FieldSet last = managed.fieldsOf(who);
        ObjectNode wanted = owned(configuration);
        FieldSet claimed = Ownership.claimed(restricted(wanted, target), schema);
        ObjectNode base = live == null ? configuration.deepCopy() : live;
        ObjectNode merged = (ObjectNode) StructuredMerge.merged(base, configuration, schema);
        FieldSet others = claimed.copy();
        for (ManagedFields.Entry entry : managed.entries()) {
            if (!entry.manager.isSameAs(who)) {
                others = others.union(entry.fields);
            }
        }
        StructuredMerge.remove(merged, last, others, schema);
        return new Applied(merged, object -> {
            Ownership.Comparison change = Ownership.compare(live == null ? null : owned(live), owned(object), schema);
            FieldSet taken = change.touched();
            refuseConflicts(managed, who, taken, force);
            managed.takeFromOthers(who, taken, change.removed());
            managed.put(who, claimed, now);
            managed.write(object);
        });
    }

    private static void refuseConflicts(ManagedFields managed, Manager who, FieldSet taken, boolean force) {
        if (force) {
            return;
        }
        TreeMap<String, List<String>> conflicts = new TreeMap<>();
        List<ApiError.Cause> causes = new ArrayList<>();
        for (ManagedFields.Entry entry : managed.entries()) {
            if (entry.manager.isSameAs(who)) {
                continue;
            }
            for (String path : entry.fields.intersection(taken).paths()) {
                String shown = entry.manager.shown();
                conflicts.computeIfAbsent(shown, s -> new ArrayList<>()).add(path);
                causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + shown, path));
            }
        }
        if (causes.isEmpty()) {
            return;
        }
        if (causes.size() == 1) {
            ApiError.Cause only = causes.getFirst();
            throw ApiError.applyConflict(
                    "Apply failed with 1 conflict: " + only.message() + ": " + only.field(), causes);
        }
        List<String> lines = new ArrayList<>();
        conflicts.forEach(
                (manager, paths) -> lines.add("conflicts with " + manager + ":\n- " + String.join("\n- ", paths)));
        throw ApiError.applyConflict(
                "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines), causes);
    }

    /** The part of an object that can be owned. */
    private static ObjectNode owned(ObjectNode object) {
        ObjectNode copy = object.objectNode();
        object.properties().forEach(member -> {
            switch (member.getKey()) {
                case "apiVersion", "kind" -> {}
                case "metadata" -> {
                    ObjectNode metadata = ((ObjectNode) member.getValue()).deepCopy();
                    IGNORED_METADATA.forEach(metadata::remove);
                    if (!metadata.isEmpty()) {
                        copy.set("metadata", metadata);
                    }
                }
                default -> copy.set(member.getKey(), member.getValue());
            }
        });
        return copy;
    }

    /** Fields that this endpoint resets are not owned by who applies them there. */
    private static ObjectNode restricted(ObjectNode wanted, Target target) {
        if (target.subresource().equals("status")) {
            wanted.remove("spec");
        } else if (target.served().hasStatus()) {
            wanted.remove("status");
        }
        return wanted;
    }
}
