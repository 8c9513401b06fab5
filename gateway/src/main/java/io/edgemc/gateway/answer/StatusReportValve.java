package io.edgemc.gateway.answer;

import io.edgemc.api.json.ApiJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Tomcat refuses before any filter sees it is answered as the rest is, and tells nothing of the inside. */
public final class StatusReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(StatusReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Failure answer = status == 400
                ? Failure.badPath("it is not a valid request")
                : new Failure(status, "refused", "Unknown", "the request is refused", null, null);
        try {
            response.setContentType("application/json");
            response.getOutputStream()
                    .write(ApiJson.MAPPER
                            .writeValueAsString(Answers.status(answer))
                            .getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The client was gone before its refusal", e);
        }
    }
}
