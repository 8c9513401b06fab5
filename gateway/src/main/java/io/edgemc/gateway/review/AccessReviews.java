package io.edgemc.gateway.review;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import io.edgemc.door.access.Area;
import io.edgemc.door.access.Decision;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import io.edgemc.gateway.identity.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code kubectl auth can-i} and {@code whoami} by the same rules that decide requests, so that the answer is
 * the truth. Pure.
 */
public final class AccessReviews {
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private AccessReviews() {}

    /** A question about oneself. */
    public enum Question {
        ACCESS,
        RULES,
        SELF
    }

    /** Which question an action asks; empty for other actions. */
    public static Optional<Question> asked(Action action) {
        if (!(action instanceof OnResource on) || !on.verb().equals("create") || on.name() != null) {
            return Optional.empty();
        }
        return switch (on.group() + "/" + on.resource()) {
            case AUTHORIZATION + "/selfsubjectaccessreviews" -> Optional.of(Question.ACCESS);
            case AUTHORIZATION + "/selfsubjectrulesreviews" -> Optional.of(Question.RULES);
            case AUTHENTICATION + "/selfsubjectreviews" -> Optional.of(Question.SELF);
            default -> Optional.empty();
        };
    }

    /**
     * The review with its status.
     *
     * @param review as sent
     * @param roles effective in the area
     */
    public static ObjectNode answer(
            Question question, ObjectNode review, Principal principal, Set<Role> roles, Area area) {
        ObjectNode answered = review.deepCopy();
        switch (question) {
            case ACCESS -> access(answered, roles, area);
            case RULES -> RulesReview.answer(answered.putObject("status"), roles, area);
            case SELF -> self(answered.putObject("status").putObject("userInfo"), principal);
        }
        return answered;
    }

    private static void access(ObjectNode review, Set<Role> roles, Area area) {
        Decision decision = RoleRules.decide(roles, area, action(review.path("spec")));
        ObjectNode status = review.putObject("status");
        status.put("allowed", decision.allowed());
        status.put("reason", decision.reason() + " in " + area.described());
    }

    private static Action action(JsonNode spec) {
        JsonNode path = spec.path("nonResourceAttributes");
        if (path.isObject()) {
            return new OnPath(path.path("verb").asString(""), path.path("path").asString(""));
        }
        JsonNode on = spec.path("resourceAttributes");
        return new OnResource(
                orAny(on.path("verb").asString("")),
                on.path("group").asString(""),
                orAny(on.path("resource").asString("")),
                orNull(on.path("subresource").asString("")),
                orNull(on.path("namespace").asString("")),
                orNull(on.path("name").asString("")));
    }

    private static String orAny(String text) {
        return text.isBlank() ? "*" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }

    private static void self(ObjectNode userInfo, Principal principal) {
        userInfo.put("username", principal.name());
        var groups = userInfo.putArray("groups");
        principal.groups().stream().sorted().forEach(groups::add);
        groups.add("system:authenticated");
    }
}
