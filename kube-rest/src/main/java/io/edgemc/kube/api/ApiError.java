package io.edgemc.kube.api;

import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal, as Kubernetes words it: answered as a {@code Status}. */
public final class ApiError extends RuntimeException {
    /** One cause in a Status' details. */
    public record Cause(String reason, String message, String field) {}

    private final int code;
    private final String reason;
    private final transient @Nullable ObjectNode details;
    private final transient List<Header> headers;

    public ApiError(int code, String reason, String message, @Nullable ObjectNode details) {
        this(code, reason, message, details, List.of());
    }

    private ApiError(
            int code, String reason, @Nullable String message, @Nullable ObjectNode details, List<Header> headers) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.headers = List.copyOf(headers);
    }

    /** The same refusal after these headers, such as warnings that hold whatever becomes of a request. */
    public ApiError after(List<Header> first) {
        List<Header> all = new ArrayList<>(first);
        all.addAll(headers);
        return new ApiError(code, reason, getMessage(), details, all);
    }

    List<Header> headers() {
        return headers;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** The complete {@code Status} object. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage());
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (details != null) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    public static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message, null);
    }

    /** No such path: also for kinds that are not served, and for views that one may not see. */
    public static ApiError noSuchPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource", details("", "", ""));
    }

    public static ApiError notFound(KindRef ref, String name) {
        return new ApiError(404, "NotFound", ref + " " + quote(name) + " not found", about(ref, name));
    }

    /** A name that is taken; one that is being deleted comes free. */
    public static ApiError alreadyExists(KindRef ref, String name, boolean beingDeleted) {
        return new ApiError(
                409,
                "AlreadyExists",
                (beingDeleted ? "object is being deleted: " : "") + ref + " " + quote(name) + " already exists",
                about(ref, name));
    }

    public static ApiError stale(KindRef ref, String name) {
        return conflict(
                ref,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiError conflict(KindRef ref, String name, String why) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + ref + " " + quote(name) + ": " + why,
                about(ref, name));
    }

    public static ApiError applyConflict(String message, List<Cause> causes) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        putCauses(details, causes);
        return new ApiError(409, "Conflict", message, details);
    }

    public static ApiError forbidden(KindRef ref, String name, String why) {
        return new ApiError(403, "Forbidden", ref + " " + quote(name) + " is forbidden: " + why, about(ref, name));
    }

    /** Nothing new comes into a namespace that is ending. */
    public static ApiError terminating(KindRef ref, String name, String namespace) {
        ObjectNode details = about(ref, name);
        putCauses(
                details,
                List.of(new Cause(
                        "NamespaceTerminating",
                        "namespace " + namespace + " is being terminated",
                        "metadata.namespace")));
        return new ApiError(
                403,
                "Forbidden",
                ref + " " + quote(name) + " is forbidden: unable to create new content in namespace " + namespace
                        + " because it is being terminated",
                details);
    }

    public static ApiError invalid(ServedKind kind, String name, List<FieldProblem> problems) {
        // Checks are those of what rests: refusals speak of that.
        String group = kind.rests().group();
        String qualified = group.isEmpty() ? kind.kind() : kind.kind() + "." + group;
        return invalid(qualified, details(name, group, kind.kind()), name, problems);
    }

    /** Where an API server speaks of a resource and not of its kind. */
    public static ApiError invalidResource(KindRef ref, String name, List<FieldProblem> problems) {
        return invalid(ref.toString(), about(ref, name), name, problems);
    }

    private static ApiError invalid(String qualified, ObjectNode details, String name, List<FieldProblem> problems) {
        // Two causes of the same words are one in the message.
        List<String> texts =
                problems.stream().map(FieldProblem::text).distinct().toList();
        String text = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        putCauses(
                details,
                problems.stream()
                        .map(p -> new Cause(p.type().reason(), p.message(), p.field()))
                        .toList());
        return new ApiError(422, "Invalid", qualified + " " + quote(name) + " is invalid: " + text, details);
    }

    /** A patch of which no object can come; an API server names no kind here. */
    public static ApiError invalidPatch(FieldProblem problem) {
        return invalid("", details("", "", ""), "", List.of(problem));
    }

    /** A review that asks nothing that can be answered; an API server leaves out its kind here. */
    public static ApiError invalidReview(String group, FieldProblem problem) {
        return invalid("." + group, details("", group, ""), "", List.of(problem));
    }

    /** Options of a request that make no sense; {@code kind} such as {@code ListOptions}. */
    public static ApiError invalidOptions(String kind, List<FieldProblem> problems) {
        return invalid(kind + ".meta.k8s.io", details("", "meta.k8s.io", kind), "", problems);
    }

    public static ApiError methodNotAllowed() {
        return new ApiError(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                details("", "", ""));
    }

    public static ApiError unsupportedMediaType(String accepted) {
        return new ApiError(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted,
                null);
    }

    /** A patch of a kind that no server knows. */
    public static ApiError unknownPatch() {
        return new ApiError(415, "UnsupportedMediaType", "415: Unsupported Media Type", details("", "", ""));
    }

    /** A form that is known and cannot be had here. */
    public static ApiError notAcceptable(String message) {
        return new ApiError(406, "NotAcceptable", message, null);
    }

    /** Nothing that a client takes is known. */
    public static ApiError noneAcceptable(String offered) {
        return new ApiError(
                406,
                "NotAcceptable",
                "406: Not Acceptable\n\nAvailable representations: " + offered,
                details("", "", ""));
    }

    public static ApiError tooLarge(long limit) {
        return new ApiError(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit, null);
    }

    public static ApiError expired(String message) {
        return new ApiError(410, "Expired", message, null);
    }

    public static ApiError unavailable(String message) {
        ObjectNode details = details("", "", "").put("retryAfterSeconds", 1);
        return new ApiError(503, "ServiceUnavailable", message, details);
    }

    /** The server has enough to do for now; clients try again by themselves. */
    public static ApiError tooManyRequests(String message) {
        ObjectNode details = details("", "", "").put("retryAfterSeconds", 1);
        return new ApiError(429, "TooManyRequests", message, details);
    }

    public static ApiError internal(String requestId) {
        return new ApiError(
                500,
                "InternalError",
                "Internal error occurred: the request failed unexpectedly; its id is " + requestId,
                null);
    }

    /** Seconds to wait before trying again, 0 if there is nothing to wait for. */
    public int retryAfterSeconds() {
        return details == null ? 0 : details.path("retryAfterSeconds").asInt(0);
    }

    private static ObjectNode about(KindRef ref, String name) {
        return details(name, ref.group(), ref.resource());
    }

    private static ObjectNode details(String name, String group, String kind) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(details, "name", name);
        putUnlessEmpty(details, "group", group);
        putUnlessEmpty(details, "kind", kind);
        return details;
    }

    private static void putCauses(ObjectNode details, List<Cause> causes) {
        ArrayNode array = details.putArray("causes");
        for (Cause cause : causes) {
            array.addObject()
                    .put("reason", cause.reason())
                    .put("message", cause.message())
                    .put("field", cause.field());
        }
    }

    private static void putUnlessEmpty(ObjectNode node, String member, String value) {
        if (!value.isEmpty()) {
            node.put(member, value);
        }
    }

    private static String quote(String name) {
        return "\"" + name + "\"";
    }
}
