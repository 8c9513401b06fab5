package io.edgemc.mailbox.session;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.JsonOperation;
import java.util.function.Consumer;

/** Sessions on the wire. */
public final class SessionOperation {
    private static final int BODY_LIMIT = 4 * 1024;

    private SessionOperation() {}

    /** @param inUse told the certificate of each session */
    public static AgentOperation of(Sessions sessions, Liveness liveness, Consumer<PeerCertificate> inUse) {
        return new JsonOperation<>(AgentPaths.SESSION, BODY_LIMIT, false, SessionRequest.class, (call, request) -> {
            var opened = sessions.open(call.cluster(), request);
            liveness.opened(call.cluster().clusterUid());
            inUse.accept(call.certificate());
            return opened;
        });
    }
}
