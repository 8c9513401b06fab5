package io.edgemc.kube.apply;

import io.edgemc.kube.api.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Fields that an apply would change and somebody else owns, told in kubectl's words. */
final class Conflicts {
    private Conflicts() {}

    /** Throws 409 unless forced; {@code allowed} fields may be taken from anybody. */
    static void refuse(ManagedFields managed, Manager who, FieldSet taken, boolean force, FieldSet allowed) {
        if (force) {
            return;
        }
        FieldSet disputed = taken.difference(allowed);
        TreeMap<String, List<String>> conflicts = new TreeMap<>();
        List<ApiError.Cause> causes = new ArrayList<>();
        for (ManagedFields.Entry entry : managed.entries()) {
            if (entry.manager.isSameAs(who)) {
                continue;
            }
            for (String path : entry.fields.intersection(disputed).paths()) {
                String shown = entry.manager.shown();
                conflicts.computeIfAbsent(shown, s -> new ArrayList<>()).add(path);
                causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + shown, path));
            }
        }
        if (causes.size() == 1) {
            ApiError.Cause only = causes.getFirst();
            throw ApiError.applyConflict(
                    "Apply failed with 1 conflict: " + only.message() + ": " + only.field(), causes);
        }
        if (!causes.isEmpty()) {
            List<String> lines = new ArrayList<>();
            conflicts.forEach(
                    (manager, paths) -> lines.add("conflicts with " + manager + ":\n- " + String.join("\n- ", paths)));
            throw ApiError.applyConflict(
                    "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines), causes);
        }
    }
}
