package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;

/** Which options of lists and watches go together, in Kubernetes' words; what does not is 422. */
public final class ListOptions {
    private static final String MATCH = "resourceVersionMatch";
    private static final String INITIAL = "sendInitialEvents";
    private static final String NOT_OLDER = "NotOlderThan";
    private static final String EXACT = "Exact";

    private ListOptions() {}

    static void ofList(KubeRequest request) {
        String match = request.parameter(MATCH);
        String version = request.parameter("resourceVersion");
        request.number("timeoutSeconds", 0);
        List<FieldProblem> problems = new ArrayList<>();
        if (!match.isEmpty()) {
            if (version.isEmpty()) {
                problems.add(FieldProblem.forbidden(
                        MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!request.parameter("continue").isEmpty()) {
                problems.add(
                        FieldProblem.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
            }
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER)) {
                problems.add(unsupported(match, "\"Exact\", \"NotOlderThan\", \"\""));
            }
            if (match.equals(EXACT) && version.equals("0")) {
                problems.add(FieldProblem.forbidden(
                        MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (!request.parameter(INITIAL).isEmpty()) {
            problems.add(FieldProblem.forbidden(INITIAL, "sendInitialEvents is forbidden for list"));
        }
        refuse(problems);
    }

    /** Throws 422. */
    public static void ofWatch(KubeRequest request) {
        String match = request.parameter(MATCH);
        boolean initial = !request.parameter(INITIAL).isEmpty();
        List<FieldProblem> problems = new ArrayList<>();
        if (!initial && !match.isEmpty()) {
            problems.add(FieldProblem.forbidden(
                    MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (initial && match.isEmpty()) {
            problems.add(FieldProblem.forbidden(
                    MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty() && !match.equals(NOT_OLDER)) {
            problems.add(unsupported(match, "\"NotOlderThan\""));
        }
        refuse(problems);
    }

    private static FieldProblem unsupported(String value, String supported) {
        return new FieldProblem(
                MATCH,
                FieldProblem.Type.NOT_SUPPORTED,
                "Unsupported value: \"" + value + "\": supported values: " + supported);
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw ApiError.invalidOptions("ListOptions", problems);
        }
    }
}
