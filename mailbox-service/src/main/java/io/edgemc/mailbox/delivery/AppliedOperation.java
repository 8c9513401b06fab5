package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.json.ApiJson;
import io.edgemc.changelog.PositionRange;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.JsonOperation;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.GroupWrite;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.Sessions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST applied}: how far an edge is, and what is not as its target asks. */
public final class AppliedOperation implements AgentOperation {
    private static final int BODY_LIMIT = 4 << 20;
    /** A change for a whole fleet is told by all its edges at the same time. */
    private static final int TOGETHER = 256;

    private static final int TOKENS_OF_AN_EXCEPTION = 20;
    private static final JsonMapper LIMITED =
            ApiJson.atMost((long) TOKENS_OF_AN_EXCEPTION * AppliedReport.MAX_EXCEPTIONS);

    private final Ledger ledger;
    private final Sessions sessions;
    private final Liveness liveness;
    private final Holdings holdings;
    private final DeliveryMeters meters;
    private final GroupWrite<Applied> writes = new GroupWrite<>(TOGETHER, this::store);

    private record Applied(MailboxHead head, AppliedReport report) {}

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
        writes.write(new Applied(head, report));
        if (report.revision() == head.targetRevision()) {
            meters.applied(head);
        }
        String trace = report.traceparent();
        TraceLines.line("a target was applied", head, report.revision(), trace == null ? "" : trace);
        reply.empty(Map.of());
    }

    /** How many acknowledgements wait for the next transaction. */
    int waiting() {
        return writes.waiting();
    }

    /** In one transaction, rows locked in the order in which all writers lock. */
    private void store(List<Applied> all) {
        List<Applied> sorted = all.stream()
                .sorted(Comparator.comparing(applied -> applied.head().clusterUid()))
                .toList();
        ledger.run(() -> {
            // The epoch again, under the row's lock: a session that was fenced meanwhile writes nothing.
            int[] counts = ledger.jdbc()
                    .batchUpdate(
                            "update mailbox set applied_revision = ?, applied_state = ?, exceptions = ?, more_exceptions = ?, report_trace = ?, "
                                    + "report_sequence = report_sequence + 1 where cluster_uid = ? and epoch = ? "
                                    + "and (applied_revision <> ? or applied_state is distinct from ? or exceptions <> ? "
                                    + "or more_exceptions <> ?)",
                            sorted.stream().map(AppliedOperation::row).toList());
            List<String> changed = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    changed.add(sorted.get(i).head().clusterUid());
                }
            }
            if (!changed.isEmpty()) {
                PositionRange range = ledger.positions(changed.size());
                List<Object[]> positions = new ArrayList<>();
                for (int i = 0; i < changed.size(); i++) {
                    positions.add(new Object[] {range.at(i), changed.get(i)});
                }
                ledger.jdbc().batchUpdate("update mailbox set report_position = ? where cluster_uid = ?", positions);
            }
        });
    }

    private static Object[] row(Applied applied) {
        AppliedReport report = applied.report();
        String exceptions = ApiJson.MAPPER.writeValueAsString(report.exceptions());
        int more = report.moreExceptions() == null ? 0 : report.moreExceptions();
        return new Object[] {
            report.revision(),
            report.state().text(),
            exceptions,
            more,
            report.traceparent() == null ? "" : report.traceparent(),
            applied.head().clusterUid(),
            report.epoch(),
            report.revision(),
            report.state().text(),
            exceptions,
            more
        };
    }
}
