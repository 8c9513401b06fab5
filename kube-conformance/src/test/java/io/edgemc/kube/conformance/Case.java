package io.edgemc.kube.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One example: what is there, what a client does, and what both sides must agree on.
 *
 * @param id {@code area/file#title}, with the value of its matrix in brackets
 * @param namespace of its own, on both sides
 * @param given objects that are there first, created over HTTP; a CRD is waited for
 * @param files beside which kubectl runs, by their names
 * @param steps what the client does, in order
 * @param stored paths of objects that must be alike at the end; those of {@code given} are compared anyway
 * @param managedFields whether that comparison includes who owns which field
 * @param differs a difference that a space should have; null if both must be the same
 */
public record Case(
        String id,
        String namespace,
        List<ObjectNode> given,
        Map<String, String> files,
        List<Step> steps,
        List<String> stored,
        boolean managedFields,
        @Nullable Differs differs) {

    /**
     * A difference that is meant.
     *
     * @param reason why a space should not do what the reference does
     * @param lines regular expressions of the lines that may differ: apart from them all must be the same. Empty if
     *     the whole answer is another.
     * @param names regular expressions: objects of such a {@code name} in lists may be on one side only
     * @param space regular expressions that must be found in what the space shows
     */
    public record Differs(String reason, List<String> lines, List<String> names, List<String> space) {
        /** Whether nothing of one side is looked for on the other. */
        boolean wholly() {
            return lines.isEmpty() && names.isEmpty();
        }
    }

    /** The first part of the id, such as {@code apply}. */
    String area() {
        return id.substring(0, id.indexOf('/'));
    }
}
