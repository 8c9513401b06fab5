package io.edgemc.mailbox.report;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.ReportAck;
import io.edgemc.api.json.ApiJson;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.Sessions;

/** {@code POST reports}: acknowledged when the broker has them, and not before. */
public final class ReportsOperation implements AgentOperation {
    private final Sessions sessions;
    private final Liveness liveness;
    private final ReportLog log;

    public ReportsOperation(Sessions sessions, Liveness liveness, ReportLog log) {
        this.sessions = sessions;
        this.liveness = liveness;
        this.log = log;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return AgentPaths.REPORTS;
    }

    @Override
    public int bodyLimit() {
        return sessions.limits().maxBodyBytes();
    }

    @Override
    public void handle(AgentCall call, AgentReply reply) {
        // The session first: what a fenced one sends is not worth parsing.
        sessions.require(call.cluster(), ReportBatch.epoch(call.body()));
        String uid = call.cluster().clusterUid();
        liveness.seen(uid);
        ReportBatch batch =
                ReportBatch.parse(call.body(), uid, sessions.limits().maxReportBatch());
        long last = log.append(uid, batch, () -> sessions.require(call.cluster(), batch.epoch()));
        reply.json(ApiJson.MAPPER.writeValueAsBytes(new ReportAck(last)));
    }
}
