package io.edgemc.mailbox.session;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.JsonOperation;

/** Sessions on the wire. */
public final class SessionOperation {
    private static final int BODY_LIMIT = 4 * 1024;

    private SessionOperation() {}

    public static AgentOperation of(Sessions sessions, Liveness liveness) {
        return new JsonOperation<>(AgentPaths.SESSION, BODY_LIMIT, false, SessionRequest.class, (call, request) -> {
            var opened = sessions.open(call.cluster(), request);
            liveness.opened(call.cluster().clusterUid());
            return opened;
        });
    }
}
