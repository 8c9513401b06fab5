package io.edgemc.mailbox.listener;

import io.edgemc.api.json.ApiJson;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation that takes one JSON document and answers one at once.
 *
 * @param answer throws {@link ProblemException} to refuse; a null answer is 204
 */
public record JsonOperation<T>(
        String path,
        int bodyLimit,
        boolean anonymous,
        Class<T> type,
        BiFunction<AgentCall, T, @org.jspecify.annotations.Nullable Object> answer)
        implements AgentOperation {
    /** Parts of one document, see {@link ApiJson#atMost}; bounds what a small body can make of memory. */
    private static final JsonMapper MAPPER = ApiJson.atMost(500_000);

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public void handle(AgentCall call, AgentReply reply) {
        Object result = answer.apply(call, read(call.body(), type));
        if (result == null) {
            reply.empty(java.util.Map.of());
        } else {
            reply.json(ApiJson.MAPPER.writeValueAsBytes(result));
        }
    }

    /** Reads a record of the protocol; throws {@link ProblemException} if it is none. The problem quotes nothing of the body. */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(json, type, MAPPER);
    }

    /** As {@link #read(byte[], Class)}, within the limits of a mapper of {@link ApiJson}. */
    public static <T> T read(byte[] json, Class<T> type, JsonMapper limited) {
        try {
            T value = limited.readValue(json, type);
            if (value == null) {
                throw new ProblemException(Problem.malformed("The body is empty."));
            }
            return value;
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(
                    Problem.malformed("The body is not a " + type.getSimpleName() + " within the limits."));
        }
    }
}
