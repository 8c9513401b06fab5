package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.schema.FieldProblem;
import java.util.List;

/**
 * Parameters that all writes share.
 *
 * @param dryRun nothing is committed
 * @param strictness what happens to unknown fields
 * @param manager field manager: as given, or the client's name
 * @param force take over fields of others (server-side apply)
 * @param forceGiven whether the client said anything of it
 */
public record WriteOptions(boolean dryRun, Strictness strictness, String manager, boolean force, boolean forceGiven) {
    /** What happens to unknown fields. */
    public enum Strictness {
        IGNORE,
        WARN,
        STRICT
    }

    private static final int LONGEST_MANAGER = 128;

    public static WriteOptions of(KubeRequest request) {
        boolean dryRun = switch (request.parameter("dryRun")) {
            case "" -> false;
            case "All" -> true;
            default -> throw unsupported(request, "dryRun", "[\"" + request.parameter("dryRun") + "\"]", "\"All\"");
        };
        Strictness strictness = switch (request.parameter("fieldValidation")) {
            case "", "Warn" -> Strictness.WARN;
            case "Ignore" -> Strictness.IGNORE;
            case "Strict" -> Strictness.STRICT;
            default ->
                throw unsupported(
                        request,
                        "fieldValidation",
                        "\"" + request.parameter("fieldValidation") + "\"",
                        "\"\", \"Ignore\", \"Strict\", \"Warn\"");
        };
        return new WriteOptions(
                dryRun,
                strictness,
                manager(request),
                request.flag("force"),
                request.query().containsKey("force"));
    }

    /** Only an apply can take something over; throws 422. */
    void refuseForce() {
        if (forceGiven) {
            throw ApiError.invalidOptions(
                    "PatchOptions",
                    List.of(FieldProblem.forbidden("force", "may not be specified for non-apply patch")));
        }
    }

    /** Who applies says who it is; throws 422. */
    void requireManager(KubeRequest request) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiError.invalidOptions(
                    "PatchOptions", List.of(FieldProblem.required("fieldManager", "is required for apply patch")));
        }
    }

    private static ApiError unsupported(KubeRequest request, String field, String value, String supported) {
        String kind = switch (request.method()) {
            case "POST" -> "CreateOptions";
            case "PUT" -> "UpdateOptions";
            case "PATCH" -> "PatchOptions";
            default -> "DeleteOptions";
        };
        String message = "Unsupported value: " + value + ": supported values: " + supported;
        return ApiError.invalidOptions(
                kind, List.of(new FieldProblem(field, FieldProblem.Type.NOT_SUPPORTED, message)));
    }

    private static String manager(KubeRequest request) {
        String given = request.parameter("fieldManager");
        if (given.length() > LONGEST_MANAGER) {
            throw ApiError.badRequest("fieldManager: Too long: may not be more than 128 bytes");
        }
        if (!given.isEmpty()) {
            return given;
        }
        String agent = request.header("user-agent");
        int end = agent.indexOf('/');
        String name = end < 0 ? agent : agent.substring(0, end);
        return name.isBlank() ? "unknown" : name.substring(0, Math.min(name.length(), LONGEST_MANAGER));
    }
}
