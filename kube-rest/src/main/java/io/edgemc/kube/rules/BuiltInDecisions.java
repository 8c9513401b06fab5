package io.edgemc.kube.rules;

import io.edgemc.kube.store.KindRef;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an API server itself decides about objects of built-in kinds, after defaults: nobody owns these fields. */
public final class BuiltInDecisions {
    private static final Set<String> KINDS = Set.of("services", "jobs.batch", "persistentvolumes");
    private static final List<String> JOB_LABELS = List.of("batch.kubernetes.io/controller-uid", "controller-uid");
    private static final List<String> JOB_NAME_LABELS = List.of("batch.kubernetes.io/job-name", "job-name");

    private BuiltInDecisions() {}

    /** Whether there is something to decide for a kind. */
    public static boolean has(KindRef kind) {
        return KINDS.contains(kind.toString());
    }

    /** In place. {@code before} is what the object replaces, null for a new one; {@code now} is the time, in RFC 3339. */
    public static void apply(KindRef kind, @Nullable ObjectNode before, ObjectNode object, String now) {
        switch (kind.toString()) {
            case "services" -> ServiceDefaults.decide(object);
            case "jobs.batch" -> job(before, object);
            case "persistentvolumes" -> {
                if (before == null && object.path("status") instanceof ObjectNode status) {
                    status.put("lastPhaseTransitionTime", now);
                }
            }
            default -> {}
        }
    }

    /** A new Job selects its pods by its own uid, unless it says how. */
    private static void job(@Nullable ObjectNode before, ObjectNode job) {
        if (before != null
                || job.path("spec").path("manualSelector").asBoolean(false)
                || !(job.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        String uid = job.path("metadata").path("uid").asString("");
        String name = job.path("metadata").path("name").asString("");
        ObjectNode labels = spec.withObject("/template/metadata").withObject("/labels");
        ObjectNode metadata = job.withObject("/metadata");
        // Go's Job shares the labels that it has from its pods.
        boolean shared = metadata.path("labels").isEmpty() || labels.equals(metadata.path("labels"));
        JOB_LABELS.forEach(label -> labels.put(label, uid));
        JOB_NAME_LABELS.forEach(label -> labels.put(label, name));
        if (shared) {
            metadata.set("labels", labels.deepCopy());
        }
        spec.withObject("/selector/matchLabels").put(JOB_LABELS.getFirst(), uid);
    }
}
