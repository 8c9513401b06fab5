package io.edgemc.c2p.view;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import io.edgemc.door.servlet.Caller;
import io.edgemc.kube.api.AccessReviewer;
import io.edgemc.kube.api.Verbs;
import io.edgemc.kube.store.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code kubectl auth can-i} by the gateway's rules, and by what these views can do at all. */
final class Reviewer implements AccessReviewer {
    /** Roles travel among the groups of an actor. */
    private static final String ROLE_GROUP = "edge-mc.io:role:";

    private static final Area AREA = new Area.Compliance();

    static Actor actor(Caller caller) {
        Set<String> groups = new HashSet<>(caller.groups());
        caller.roles().forEach(role -> groups.add(ROLE_GROUP + role.text()));
        return new Actor(caller.user(), groups, caller.requestId(), caller.traceparent());
    }

    @Override
    public boolean allowed(Actor actor, Question question) {
        if (!question.path().isEmpty()) {
            return decide(actor, new Action.OnPath(question.verb(), question.path()));
        }
        if (!Verbs.READ.contains(question.verb()) || question.resource().isEmpty()) {
            return false;
        }
        return decide(
                actor,
                new Action.OnResource(
                        question.verb(),
                        question.group(),
                        question.resource(),
                        absent(question.subresource()),
                        absent(question.namespace()),
                        absent(question.name())));
    }

    @Override
    public List<Rule> rules(Actor actor, String namespace) {
        return decide(actor, new Action.OnResource("list", "wgpolicyk8s.io", "policyreports", null, null, null))
                ? List.of(new Rule(List.copyOf(Verbs.READ), List.of("*"), List.of("*")))
                : List.of();
    }

    private static boolean decide(Actor actor, Action action) {
        Set<Role> roles = actor.groups().stream()
                .filter(group -> group.startsWith(ROLE_GROUP))
                .map(group -> Role.of(group.substring(ROLE_GROUP.length())))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return RoleRules.decide(roles, AREA, action).allowed();
    }

    private static @Nullable String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}
