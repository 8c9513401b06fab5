package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.JsonSyntax;
import io.edgemc.kube.store.ObjectQuery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the next page begins. Opaque to clients; it grants nothing, because kind, namespace and selectors are taken from
 * the request that presents it.
 *
 * @param snapshot position that all pages are read at
 * @param after last key of the page before; null before the first
 * @param following how many objects follow, as the page before knew; -1 if it did not
 */
record ContinueToken(long snapshot, ObjectQuery.@Nullable After after, long following) {
    private static final int MAX_LENGTH = 2048;

    /** Where the first page begins: at the latest snapshot if it is 0. */
    static ContinueToken first(long snapshot) {
        return new ContinueToken(snapshot, null, -1);
    }

    /** Not for the first page. */
    String text() {
        ObjectQuery.After last = Objects.requireNonNull(after);
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("rv", snapshot)
                .put("ns", last.namespace())
                .put("name", last.name())
                .put("left", following);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ContinueToken parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text);
            String problem = JsonSyntax.problem(json);
            if (!problem.isEmpty()) {
                throw refused(": " + problem);
            }
            JsonNode node = JsonMapper.shared().readTree(json);
            if (!node.path("rv").isIntegralNumber()
                    || !node.path("ns").isString()
                    || !node.path("name").isString()) {
                throw refused();
            }
            long snapshot = node.path("rv").asLong(0);
            if (snapshot <= 0) {
                throw refused();
            }
            return new ContinueToken(
                    snapshot,
                    new ObjectQuery.After(
                            node.path("ns").asString(), node.path("name").asString()),
                    Math.max(-1, node.path("left").asLong(-1)));
        } catch (IllegalArgumentException | JacksonException e) {
            throw refused();
        }
    }

    private static ApiError refused() {
        return refused("");
    }

    private static ApiError refused(String why) {
        return ApiError.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
