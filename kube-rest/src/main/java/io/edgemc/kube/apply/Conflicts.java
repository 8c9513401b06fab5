package io.edgemc.kube.apply;

import io.edgemc.kube.api.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields that an apply would change and somebody else owns, told in kubectl's words. */
final class Conflicts {
    private Conflicts() {}

    /** Throws 409 if there are any; {@code allowed} fields may be taken from anybody, if these are all. */
    static void refuse(Map<Manager, FieldSet> taken, FieldSet allowed) {
        TreeMap<String, List<String>> conflicts = new TreeMap<>();
        List<ApiError.Cause> causes = new ArrayList<>();
        taken.forEach((manager, fields) -> {
            for (String path : fields.difference(allowed).paths()) {
                String shown = manager.shown();
                conflicts.computeIfAbsent(shown, s -> new ArrayList<>()).add(path);
                causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + shown, path));
            }
        });
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
