package io.edgemc.kube.write;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a client sent.
 *
 * @param node the parsed body
 * @param problems what a reader that takes no more than one value for a key finds wrong, in an API server's words
 * @param head what comes before the problems where they are a refusal, such as {@code "yaml: unmarshal errors:\n  "}
 */
record SentBody(JsonNode node, List<String> problems, String head) {
    SentBody {
        problems = List.copyOf(problems);
    }

    /** Nothing is wrong with it. */
    SentBody(JsonNode node) {
        this(node, List.of(), "");
    }
}
