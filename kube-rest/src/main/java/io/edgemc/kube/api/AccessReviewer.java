package io.edgemc.kube.api;

import io.edgemc.kube.store.Actor;
import java.util.List;

/** Answers {@code kubectl auth can-i} for one view. The default denies. */
public interface AccessReviewer {
    AccessReviewer DENY = new AccessReviewer() {};

    /** One question about a resource or a path. */
    record Question(
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String path) {}

    /** Verbs that are allowed on resources of groups; {@code *} for all. */
    record Rule(List<String> verbs, List<String> groups, List<String> resources) {}

    default boolean allowed(Actor actor, Question question) {
        return false;
    }

    default List<Rule> rules(Actor actor, String namespace) {
        return List.of();
    }
}
