package io.edgemc.kube.apply;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.GoFields;
import io.edgemc.kube.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
        Ownership.Comparison change = Ownership.compare(
                before == null ? atFirst(target) : reached(owned(before), target),
                reached(owned(after), target),
                schema);
        FieldSet touched = withoutMetadataItself(change.touched());
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
        FieldSet claimed = withoutMetadataItself(Ownership.claimed(restricted(wanted, target), schema));
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
            FieldSet taken = withoutMetadataItself(change.touched());
            Conflicts.refuse(managed, who, taken, force, LastApplied.upgradable(live, target, manager));
            managed.takeFromOthers(who, taken, change.removed());
            managed.put(who, claimed, now);
            managed.write(object);
        });
    }

    /** What a new object is compared with: of a built-in kind, parts of it are always there, and nobody's. */
    private static @Nullable JsonNode atFirst(Target target) {
        if (target.kind().origin() != ServedKind.Origin.BUILT_IN) {
            return null;
        }
        return reached(owned(GoFields.nothing(target.served().schema())), target);
    }

    /** Without what the server alone writes there: the status of a new object, all that makes a namespace live. */
    private static ObjectNode reached(ObjectNode object, Target target) {
        boolean ownStatus = target.served().hasStatus() && target.subresource().isEmpty();
        if (ownStatus && target.kind().origin() == ServedKind.Origin.BUILT_IN) {
            object.remove("status");
            if (target.kind().ref().toString().equals("namespaces")) {
                object.remove("spec");
            }
        }
        return object;
    }

    /** Every object has metadata: nobody owns that it is there, only what is in it. */
    private static FieldSet withoutMetadataItself(FieldSet fields) {
        FieldSet metadata = fields.child("f:metadata");
        if (metadata != null && metadata.exclude().isEmpty()) {
            fields.children().remove("f:metadata");
        }
        return fields;
    }

    /** The part of an object that can be owned. */
    static ObjectNode owned(ObjectNode object) {
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
