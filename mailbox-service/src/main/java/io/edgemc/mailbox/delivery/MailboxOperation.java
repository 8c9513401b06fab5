package io.edgemc.mailbox.delivery;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.listener.AgentCall;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.listener.Guard;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@code GET mailbox}: what is new, at once or as soon as there is something, or nothing after a while. */
public final class MailboxOperation implements AgentOperation {
    private final Sessions sessions;
    private final Liveness liveness;
    private final Deliveries deliveries;
    private final Holdings holdings;
    private final ParkedPolls polls;
    private final DeliveryMeters meters;
    private final Executor workers;

    public MailboxOperation(
            Sessions sessions,
            Liveness liveness,
            Deliveries deliveries,
            Holdings holdings,
            ParkedPolls polls,
            DeliveryMeters meters,
            Executor workers) {
        this.sessions = sessions;
        this.liveness = liveness;
        this.deliveries = deliveries;
        this.holdings = holdings;
        this.polls = polls;
        this.meters = meters;
        this.workers = workers;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return AgentPaths.MAILBOX;
    }

    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public void handle(AgentCall call, AgentReply reply) {
        long epoch = number(call, "epoch", 0);
        long wait = Math.clamp(number(call, "wait", 0), 0, sessions.limits().longPollSeconds());
        TargetState have = have(call);
        MailboxHead head = sessions.require(call.cluster(), epoch);
        liveness.seen(head.clusterUid());
        if (isNew(head, have)) {
            answer(head, have, reply);
        } else if (wait == 0) {
            reply.empty(Map.of());
        } else {
            park(call, head, have, reply, Duration.ofSeconds(wait));
        }
    }

    private void park(AgentCall call, MailboxHead head, @Nullable TargetState have, AgentReply reply, Duration wait) {
        ParkedPolls.Poll poll = new ParkedPolls.Poll(
                head.clusterUid(),
                head.epoch(),
                head.targetRevision(),
                reply,
                moved -> workers.execute(() -> Guard.run(head.clusterUid(), path(), reply, () -> {
                    if (moved.epoch() != head.epoch()) {
                        throw new ProblemException(Problem.staleEpoch());
                    }
                    answer(moved, have, reply);
                })));
        polls.park(poll);
        poll.startTimer(reply.after(wait, () -> polls.end(poll, Map.of())));
        reply.onGone(() -> polls.drop(poll));
        // It may have moved between the look and the parking.
        polls.recheck(poll, sessions.require(call.cluster(), head.epoch()));
    }

    /** A target that asks for what the edge has already is told once as well, so that its revision is acknowledged. */
    private boolean isNew(MailboxHead head, @Nullable TargetState have) {
        return head.targetRevision() > 0 && (!head.target().equals(have) || holdings.needsTelling(head));
    }

    private void answer(MailboxHead head, @Nullable TargetState have, AgentReply reply) {
        TargetState from = have != null && holdings.wasTargetOf(have, head) ? have : null;
        List<byte[]> lines = deliveries.delivery(from, head);
        holdings.told(head);
        meters.taken(head);
        TraceLines.line("a target was taken", head, head.targetRevision(), head.traceparent());
        reply.ndjson(lines);
    }

    private static @Nullable TargetState have(AgentCall call) {
        String text = call.query().getOrDefault("have", "");
        try {
            return text.isEmpty() ? null : TargetState.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.malformed("'have' is not a target state."));
        }
    }

    private static long number(AgentCall call, String name, long absent) {
        String text = call.query().get(name);
        try {
            return text == null ? absent : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.malformed("'" + name + "' is not a number."));
        }
    }
}
