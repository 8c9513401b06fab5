package io.edgemc.kube.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes out of a merged object what its applier wanted before and wants no more, unless somebody else owns it. What nobody
 * ever owned stays.
 */
final class Pruning {
    private Pruning() {}

    /**
     * @param last what the applier owned
     * @param managed all owners with what they own now, the applier too
     * @param types how objects are merged in a version; null for one that is not served
     */
    static ObjectNode pruned(
            ObjectNode merged,
            ManagedFields.Entry last,
            ManagedFields managed,
            Function<String, @Nullable MergeType> types) {
        String version = last.manager.apiVersion();
        MergeType type = types.apply(version);
        if (type == null || last.fields.isEmpty()) {
            return merged;
        }
        FieldSet before = NamedFields.of(last.fields, type);
        JsonNode left = Removal.of(merged, before, type);
        for (Map.Entry<String, FieldSet> owned : byVersion(managed, version).entrySet()) {
            MergeType owner = types.apply(owned.getKey());
            if (owner != null) {
                FieldSet all = NamedFields.of(Claims.of(merged, owner), owner);
                FieldSet kept =
                        NamedFields.of(Claims.of(left, owner), owner).union(NamedFields.of(owned.getValue(), owner));
                left = Removal.of(merged, all.difference(kept), owner);
            }
        }
        FieldSet all = NamedFields.of(Claims.of(merged, type), type);
        FieldSet kept = NamedFields.of(Claims.of(left, type), type);
        return (ObjectNode) Removal.of(merged, all.difference(kept).intersection(before), type)
                .deepCopy();
    }

    /** All that anybody owns, the version given first. */
    private static Map<String, FieldSet> byVersion(ManagedFields managed, String first) {
        Map<String, FieldSet> owned = new LinkedHashMap<>();
        owned.put(first, new FieldSet());
        for (ManagedFields.Entry entry : managed.entries()) {
            owned.merge(entry.manager.apiVersion(), entry.fields, FieldSet::union);
        }
        return owned;
    }
}
