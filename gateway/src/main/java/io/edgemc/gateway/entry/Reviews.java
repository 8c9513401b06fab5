package io.edgemc.gateway.entry;

import io.edgemc.api.json.ApiJson;
import io.edgemc.gateway.answer.Answers;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.review.AccessReviews;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions about one's own access, answered at the gate. Who sees an area may ask about it. */
final class Reviews {
    private static final int LONGEST = 64 << 10;

    boolean isReview(Passage passage) {
        return passage.addressed().kubernetes()
                && AccessReviews.asked(passage.addressed().action()).isPresent();
    }

    void answer(Passage passage, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            Answers.write(response, Failure.tooLarge(LONGEST), true);
            return;
        }
        String type = request.getContentType();
        if (type != null && !type.startsWith("application/json")) {
            Answers.write(response, Failure.unsupportedMedia("application/json"), true);
            return;
        }
        JsonNode review = read(body);
        if (!(review instanceof ObjectNode object)) {
            Answers.write(response, Failure.malformed("the review is not a JSON object"), true);
            return;
        }
        var question = AccessReviews.asked(passage.addressed().action()).orElseThrow();
        ObjectNode answered = AccessReviews.answer(
                question,
                object,
                passage.principal(),
                passage.roles(),
                passage.addressed().area());
        Answers.json(response, HttpServletResponse.SC_CREATED, answered);
    }

    private static JsonNode read(byte[] body) {
        try {
            return ApiJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return ApiJson.MAPPER.missingNode();
        }
    }
}
