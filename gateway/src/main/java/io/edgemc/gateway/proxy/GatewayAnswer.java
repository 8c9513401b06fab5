package io.edgemc.gateway.proxy;

import io.edgemc.gateway.answer.Answers;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.entry.Passage;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** The gateway's own answer in place of a service's. */
record GatewayAnswer(Failure failure, boolean kubernetes) implements ServerResponse {
    static ServerResponse of(Failure failure, Passage passage) {
        return new GatewayAnswer(failure, passage.addressed().kubernetes());
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(failure.status());
    }

    @Override
    public HttpHeaders headers() {
        return new HttpHeaders();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        Answers.write(response, failure, kubernetes);
        return null;
    }
}
