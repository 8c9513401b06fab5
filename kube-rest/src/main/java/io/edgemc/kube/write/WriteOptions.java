package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.schema.FieldProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

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
        String kind = kind(request);
        String message = "Unsupported value: " + value + ": supported values: " + supported;
        return ApiError.invalidOptions(
                kind, List.of(new FieldProblem(field, FieldProblem.Type.NOT_SUPPORTED, message)));
    }

    private static String kind(KubeRequest request) {
        return switch (request.method()) {
            case "POST" -> "CreateOptions";
            case "PUT" -> "UpdateOptions";
            case "PATCH" -> "PatchOptions";
            default -> "DeleteOptions";
        };
    }

    private static boolean isPrintable(int c) {
        return c == ' '
                || !Character.isISOControl(c)
                        && !Character.isWhitespace(c)
                        && Character.isDefined(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE;
    }

    private static String manager(KubeRequest request) {
        String given = request.parameter("fieldManager");
        List<FieldProblem> problems = new ArrayList<>();
        if (given.getBytes(StandardCharsets.UTF_8).length > LONGEST_MANAGER) {
            problems.add(new FieldProblem(
                    "fieldManager",
                    FieldProblem.Type.TOO_LONG,
                    "Too long: may not be more than " + LONGEST_MANAGER + " bytes"));
        }
        given.codePoints()
                .filter(c -> !isPrintable(c))
                .forEach(c -> problems.add(FieldProblem.invalid(
                        "fieldManager",
                        JsonNodeFactory.instance.stringNode(given).toString(),
                        "invalid character U+%04X (at position %d)".formatted(c, given.indexOf(c)))));
        if (!problems.isEmpty()) {
            throw ApiError.invalidOptions(kind(request), problems);
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
