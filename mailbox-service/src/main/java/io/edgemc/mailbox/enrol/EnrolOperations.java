package io.edgemc.mailbox.enrol;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enrolment on the wire. */
public final class EnrolOperations {
    private static final int BODY_LIMIT = 16 * 1024;

    private EnrolOperations() {}

    public static List<AgentOperation> of(Enrolment enrolment) {
        return List.of(
                new JsonOperation<>(
                        AgentPaths.ENROLL,
                        BODY_LIMIT,
                        true,
                        EnrollRequest.class,
                        (call, request) -> enrolment.enroll(required(request.token()), required(request.csrPem()))),
                new JsonOperation<>(
                        AgentPaths.RENEW,
                        BODY_LIMIT,
                        false,
                        RenewRequest.class,
                        (call, request) -> enrolment.renew(call.certificate(), required(request.csrPem()))));
    }

    private static String required(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new ProblemException(Problem.malformed("A member of the body is missing."));
        }
        return text;
    }
}
