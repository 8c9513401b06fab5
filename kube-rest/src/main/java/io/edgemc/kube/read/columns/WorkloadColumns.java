package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.NONE;
import static io.edgemc.kube.read.columns.CellText.at;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Groups {@code apps} and {@code batch}. */
final class WorkloadColumns {
    private static final List<String> JOB_STATES =
            List.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet");

    private WorkloadColumns() {}

    static void addTo(Registry registry) {
        for (String kind : List.of("deployments.apps", "statefulsets.apps")) {
            registry.text(
                    kind + "/Ready",
                    o -> o.path("status").path("readyReplicas").asInt(0) + "/"
                            + o.path("spec").path("replicas").asInt(0));
        }
        registry.text("controllerrevisions.apps/Controller", WorkloadColumns::controller);
        registry.text("cronjobs.batch/Suspend", job -> {
            JsonNode suspend = job.path("spec").path("suspend");
            return suspend.isBoolean() ? suspend.asBoolean() ? "True" : "False" : CellText.UNSET;
        });
        registry.text("jobs.batch/Status", WorkloadColumns::jobStatus);
        registry.text("jobs.batch/Completions", WorkloadColumns::completions);
        registry.add(
                "jobs.batch/Duration", row -> JsonNodeFactory.instance.stringNode(duration(row.object(), row.now())));
    }

    private static String controller(JsonNode revision) {
        for (JsonNode owner : revision.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                String group = CellText.groupOf(at(owner, "apiVersion"));
                return at(owner, "kind").toLowerCase(Locale.ROOT) + (group.isEmpty() ? "" : "." + group) + "/"
                        + at(owner, "name");
            }
        }
        return NONE;
    }

    private static String jobStatus(JsonNode job) {
        for (String state : JOB_STATES) {
            boolean ended = state.equals("Complete") || state.equals("Failed");
            if (!ended && CellText.isDeleting(job)) {
                return "Terminating";
            }
            if (CellText.condition(job, state).equals("True")) {
                return state;
            }
        }
        return "Running";
    }

    private static String completions(JsonNode job) {
        int done = job.path("status").path("succeeded").asInt(0);
        JsonNode wanted = job.path("spec").path("completions");
        if (wanted.isNumber()) {
            return done + "/" + wanted.asInt();
        }
        int parallelism = job.path("spec").path("parallelism").asInt(0);
        return parallelism > 1 ? done + "/1 of " + parallelism : done + "/1";
    }

    private static String duration(JsonNode job, Instant now) {
        String start = at(job, "status.startTime");
        String end = at(job, "status.completionTime");
        if (start.isEmpty()) {
            return "";
        }
        try {
            Instant until = end.isEmpty() ? now : Instant.parse(end);
            return Ages.text(Duration.between(Instant.parse(start), until));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }
}
