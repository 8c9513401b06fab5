package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Positions as clients send them. */
public final class ResourceVersions {
    private ResourceVersions() {}

    /** 0 for an empty text; throws 400 for what is no position. */
    public static long parse(String text) {
        return parse(text, "invalid resource version: ");
    }

    /** The same; refusals begin with {@code prefix}. */
    public static long parse(String text, String prefix) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw ApiError.badRequest(prefix + "resourceVersion: Invalid value: \"" + text
                + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }

    public static ApiError tooLarge(long version, long position) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> causes = List.of(JsonNodeFactory.instance
                .objectNode()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version"));
        details.putArray("causes").addAll(causes);
        details.put("retryAfterSeconds", 1);
        return new ApiError(
                504, "Timeout", "Timeout: Too large resource version: " + version + ", current: " + position, details);
    }
}
