package io.edgemc.placement.rest;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import io.edgemc.door.servlet.Caller;
import io.edgemc.kube.api.AccessReviewer;
import io.edgemc.kube.store.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code kubectl auth can-i} by the same rules as the gateway. */
final class RoleReviewer implements AccessReviewer {
    /** Roles travel among the groups of an actor: {@code SelfSubjectReview} shows them, which tells people why. */
    private static final String ROLE_GROUP = "edge-mc.io:role:";

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private final Area area;

    RoleReviewer(Area area) {
        this.area = area;
    }

    static Actor actor(Caller caller) {
        Set<String> groups = new HashSet<>(caller.groups());
        caller.roles().forEach(role -> groups.add(ROLE_GROUP + role.text()));
        return new Actor(caller.user(), groups, caller.requestId(), caller.traceparent());
    }

    @Override
    public boolean allowed(Actor actor, Question question) {
        if (!question.path().isEmpty()) {
            return RoleRules.decide(roles(actor), area, new Action.OnPath(question.verb(), question.path()))
                    .allowed();
        }
        if (question.verb().isEmpty() || question.resource().isEmpty()) {
            return false;
        }
        Action action = new Action.OnResource(
                question.verb(),
                question.group(),
                question.resource(),
                absent(question.subresource()),
                absent(question.namespace()),
                absent(question.name()));
        return RoleRules.decide(roles(actor), area, action).allowed();
    }

    @Override
    public List<Rule> rules(Actor actor, String namespace) {
        List<String> verbs = VERBS.stream()
                .filter(verb -> RoleRules.decide(
                                roles(actor), area, new Action.OnResource(verb, "", "configmaps", null, null, null))
                        .allowed())
                .toList();
        return verbs.isEmpty() ? List.of() : List.of(new Rule(verbs, List.of("*"), List.of("*")));
    }

    private static Set<Role> roles(Actor actor) {
        return actor.groups().stream()
                .filter(group -> group.startsWith(ROLE_GROUP))
                .map(group -> Role.of(group.substring(ROLE_GROUP.length())))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static @Nullable String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}
