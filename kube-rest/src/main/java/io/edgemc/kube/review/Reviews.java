package io.edgemc.kube.review;

import io.edgemc.kube.api.AccessReviewer;
import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.write.KindMismatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reviews can be posted in every view and are never stored. */
public final class Reviews {
    private static final List<ServedKind> KINDS = List.of(
            kind("authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews", "authorization"),
            kind("authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews", "authorization"),
            kind("authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews", "authentication"));

    /** What is read before one knows any kind. */
    private static final List<String> PATHS = List.of(
            "/api",
            "/api/*",
            "/apis",
            "/apis/*",
            "/healthz",
            "/livez",
            "/openapi",
            "/openapi/*",
            "/readyz",
            "/version");

    private final AccessReviewer reviewer;
    private final Clock clock;

    public Reviews(AccessReviewer reviewer, Clock clock) {
        this.reviewer = reviewer;
        this.clock = clock;
    }

    private static ServedKind kind(String group, String kind, String plural, String module) {
        String type = "io.k8s.api." + module + ".v1." + kind;
        ServedVersion version = new ServedVersion(
                "v1",
                BuiltInFacts.get().schema(type),
                BuiltInFacts.get().types().path(type),
                type,
                List.of(),
                Map.of(),
                Set.of());
        return new ServedKind(
                new KindRef(group, plural),
                kind,
                kind.toLowerCase(Locale.ROOT),
                List.of(),
                List.of(),
                false,
                ServedKind.Origin.BUILT_IN,
                List.of(version));
    }

    public static List<ServedKind> kinds() {
        return KINDS;
    }

    public static @Nullable ServedKind find(String group, String version, String resource) {
        return KINDS.stream()
                .filter(kind -> kind.is(group, resource) && kind.version(version) != null)
                .findFirst()
                .orElse(null);
    }

    public KubeAnswer answer(Target target, ObjectNode review, Actor actor) {
        String kind = review.path("kind").asString(target.kind().kind());
        if (!kind.equals(target.kind().kind())) {
            throw ApiError.badRequest(
                    KindMismatch.refused(kind, review.path("apiVersion").asString(""), target));
        }
        review.put("kind", target.kind().kind()).put("apiVersion", target.apiVersion());
        if (!review.path("metadata").isObject()) {
            review.putObject("metadata");
        }
        ObjectNode status = review.putObject("status");
        switch (target.kind().kind()) {
            case "SelfSubjectAccessReview" -> {
                check(review.path("spec"), target);
                boolean allowed = allowed(review.path("spec"), actor);
                status.put("allowed", allowed);
                if (allowed) {
                    status.put("reason", "allowed by the rights that the hub gives");
                }
            }
            case "SelfSubjectRulesReview" -> {
                rules(review.path("spec"), actor, status);
                review.putObject("spec");
            }
            default -> {
                ((ObjectNode) review.path("metadata")).put("creationTimestamp", time(clock.instant()));
                ObjectNode user = status.putObject("userInfo").put("username", actor.user());
                ArrayNode groups = user.putArray("groups");
                actor.groups().stream().sorted().forEach(groups::add);
            }
        }
        return KubeAnswer.json(201, review);
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** One question at a time. Throws 422. */
    private static void check(JsonNode spec, Target target) {
        boolean resource = spec.path("resourceAttributes").isObject();
        JsonNode path = spec.path("nonResourceAttributes");
        if (resource == path.isObject()) {
            FieldProblem problem = resource
                    ? FieldProblem.invalid(
                            "spec.nonResourceAttributes",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("Path", text(path, "path"))
                                    .put("Verb", text(path, "verb"))
                                    .toString(),
                            "cannot be specified in combination with resourceAttributes")
                    : FieldProblem.invalid(
                            "spec.resourceAttributes",
                            "null",
                            "exactly one of nonResourceAttributes or resourceAttributes must be specified");
            throw ApiError.invalidReview(target.kind().ref().group(), problem);
        }
    }

    private boolean allowed(JsonNode spec, Actor actor) {
        JsonNode resource = spec.path("resourceAttributes");
        JsonNode path = spec.path("nonResourceAttributes");
        AccessReviewer.Question question = path.isObject()
                ? new AccessReviewer.Question(text(path, "verb"), "", "", "", "", "", text(path, "path"))
                : new AccessReviewer.Question(
                        text(resource, "verb"),
                        text(resource, "group"),
                        text(resource, "resource"),
                        text(resource, "subresource"),
                        text(resource, "namespace"),
                        text(resource, "name"),
                        "");
        return reviewer.allowed(actor, question);
    }

    private void rules(JsonNode spec, Actor actor, ObjectNode status) {
        if (text(spec, "namespace").isEmpty()) {
            throw ApiError.badRequest("no namespace on request");
        }
        ArrayNode rules = status.putArray("resourceRules");
        for (AccessReviewer.Rule rule : reviewer.rules(actor, text(spec, "namespace"))) {
            ObjectNode node = rules.addObject();
            rule.verbs().forEach(node.putArray("verbs")::add);
            rule.groups().forEach(node.putArray("apiGroups")::add);
            rule.resources().forEach(node.putArray("resources")::add);
        }
        ObjectNode paths = status.putArray("nonResourceRules").addObject();
        paths.putArray("verbs").add("get");
        PATHS.forEach(paths.putArray("nonResourceURLs")::add);
        status.put("incomplete", false);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
