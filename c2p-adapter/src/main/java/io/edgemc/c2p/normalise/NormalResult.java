package io.edgemc.c2p.normalise;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A result in its normal form.
 *
 * @param policy which policy it is about
 * @param rule {@code ""} if the engine names none
 * @param outcome never {@link Outcome#SKIP}
 * @param seconds when, since 1970
 * @param nanos of the second
 * @param resources what was checked, at least one, each with a uid
 * @param json everything but {@code resources}; must not be changed
 */
public record NormalResult(
        PolicyName policy,
        String rule,
        Outcome outcome,
        long seconds,
        int nanos,
        List<ObjectNode> resources,
        ObjectNode json) {
    public NormalResult {
        resources = List.copyOf(resources);
        if (outcome == Outcome.SKIP || resources.isEmpty()) {
            throw new IllegalArgumentException("a result says something of at least one resource");
        }
    }

    /**
     * What makes two results of a cluster the same statement at two times: policy, rule and resource. The uid is no part of it,
     * for not every engine gives one.
     */
    public String subject(int resource) {
        JsonNode about = resources.get(resource);
        return String.join(
                "\0",
                policy.id(),
                rule,
                about.path("apiVersion").asString(""),
                about.path("kind").asString(""),
                about.path("namespace").asString(""),
                about.path("name").asString(""));
    }
}
