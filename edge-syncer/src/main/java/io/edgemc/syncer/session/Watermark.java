package io.edgemc.syncer.session;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.TargetState;
import io.edgemc.syncer.hub.Backoff;
import io.edgemc.syncer.life.Signal;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Failure;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hub which target is worked off, and which objects are not as asked; again when that changes, and in every session. */
public final class Watermark implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Watermark.class);
    /** What is worked off shortly after is told along with it. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration LOOK_UP = Duration.ofMinutes(5);

    private final EdgeState state;
    private final Sessions sessions;
    private final Supplier<List<ObjectException>> unreportable;
    private final StopSignal stop;
    private final Signal signal = new Signal();
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), RandomGenerator.getDefault());
    private @Nullable AppliedReport sent;

    /** @param unreportable what is at the edge and cannot be told to the hub */
    public Watermark(
            EdgeState state, Sessions sessions, Supplier<List<ObjectException>> unreportable, StopSignal stop) {
        this.state = state;
        this.sessions = sessions;
        this.unreportable = unreportable;
        this.stop = stop;
        sessions.onChange(signal::raise);
    }

    /** Something was worked off, or failed. */
    public void moved() {
        signal.raise();
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            try {
                signal.await(LOOK_UP);
                stop.await(GATHER);
                Session session = sessions.await();
                Optional<AppliedReport> now = report(session.epoch());
                if (now.isPresent() && !now.get().equals(sent)) {
                    send(session, now.get());
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                // The link notices the same, and opens another session; then it is said there.
                log.atWarn().addKeyValue(LogKeys.REASON, e.toString()).log("the watermark could not be sent");
                stop.await(backoff.next(Optional.empty()));
                signal.raise();
            }
        }
    }

    private void send(Session session, AppliedReport report) throws IOException {
        session.client().applied(report);
        sent = report;
        backoff.reset();
        log.atInfo()
                .addKeyValue(LogKeys.REVISION, report.revision())
                .addKeyValue(LogKeys.TRACE_ID, LogKeys.traceId(report.traceparent()))
                .addKeyValue("exceptions", report.exceptions().size())
                .log("target worked off");
    }

    /** Empty as long as the accepted target is not worked off. */
    private Optional<AppliedReport> report(long epoch) {
        EdgeState.Accepted target = state.accepted();
        if (target.state().isEmpty()) {
            return Optional.empty();
        }
        List<ObjectException> exceptions = new ArrayList<>(unreportable.get());
        for (Held held : state.all()) {
            if (!held.isSettled()) {
                return Optional.empty();
            }
            Failure failure = held.failure();
            if (failure != null) {
                exceptions.add(new ObjectException(
                        held.key(),
                        failure.reason(),
                        failure.message(),
                        failure.retryable(),
                        held.entry() == null ? null : held.entry().decision(),
                        failure.since()));
            }
        }
        if (!target.equals(state.accepted())) {
            // Another target came while we looked; we are called again for it.
            return Optional.empty();
        }
        ToldExceptions told = ToldExceptions.of(exceptions);
        return Optional.of(new AppliedReport(
                epoch,
                target.revision(),
                TargetState.parse(target.state()),
                told.listed(),
                target.trace(),
                told.more()));
    }
}
