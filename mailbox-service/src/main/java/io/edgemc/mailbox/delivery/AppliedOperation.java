package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.json.ApiJson;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.Sessions;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST applied}: how far an edge is, and what is not as its target asks. */
public final class AppliedOperation implements AgentOperation {
    private static final int BODY_LIMIT = 4 << 20;
    private static final int TOKENS_OF_AN_EXCEPTION = 20;
    private static final JsonMapper LIMITED =
            ApiJson.atMost((long) TOKENS_OF_AN_EXCEPTION * AppliedReport.MAX_EXCEPTIONS);

    private final Ledger ledger;
    private final Sessions sessions;
    private final Liveness liveness;
    private final Holdings holdings;
    private final DeliveryMeters meters;

    public AppliedOperation(
            Ledger ledger, Sessions sessions, Liveness liveness, Holdings holdings, DeliveryMeters meters) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.liveness = liveness;
        this.holdings = holdings;
        this.meters = meters;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return AgentPaths.APPLIED;
    }

    @Override
    public int bodyLimit() {
        return BODY_LIMIT;
    }

    @Override
    public void handle(AgentCall call, AgentReply reply) {
        AppliedReport report = JsonOperation.read(call.body(), AppliedReport.class, LIMITED);
        MailboxHead head = sessions.require(call.cluster(), report.epoch());
        liveness.seen(head.clusterUid());
        if (report.exceptions().size() > AppliedReport.MAX_EXCEPTIONS) {
            throw new ProblemException(Problem.malformed("At most " + AppliedReport.MAX_EXCEPTIONS
                    + " exceptions may be listed; say how many more there are."));
        }
        if (report.revision() < 0
                || report.revision() > head.targetRevision()
                || !holdings.wasTargetOf(report.state(), head)) {
            throw new ProblemException(
                    new Problem(409, "unknown-state", "This is not a state that this mailbox asked for; poll again."));
        }
        store(head, report);
        if (report.revision() == head.targetRevision()) {
            meters.applied(head);
        }
        String trace = report.traceparent();
        TraceLines.line("a target was applied", head, report.revision(), trace == null ? "" : trace);
        reply.empty(Map.of());
    }

    private void store(MailboxHead head, AppliedReport report) {
        String exceptions = ApiJson.MAPPER.writeValueAsString(report.exceptions());
        int more = report.moreExceptions() == null ? 0 : report.moreExceptions();
        String trace = report.traceparent() == null ? "" : report.traceparent();
        ledger.run(() -> {
            // The epoch again, under the row's lock: a session that was fenced meanwhile writes nothing.
            int changed = ledger.jdbc()
                    .update(
                            "update mailbox set applied_revision = ?, applied_state = ?, exceptions = ?, more_exceptions = ?, report_trace = ?, "
                                    + "report_sequence = report_sequence + 1 where cluster_uid = ? and epoch = ? "
                                    + "and (applied_revision <> ? or applied_state is distinct from ? or exceptions <> ? "
                                    + "or more_exceptions <> ?)",
                            report.revision(),
                            report.state().text(),
                            exceptions,
                            more,
                            trace,
                            head.clusterUid(),
                            report.epoch(),
                            report.revision(),
                            report.state().text(),
                            exceptions,
                            more);
            if (changed > 0) {
                long position = ledger.positions(1).first();
                ledger.jdbc()
                        .update(
                                "update mailbox set report_position = ? where cluster_uid = ?",
                                position,
                                head.clusterUid());
            }
        });
    }
}
