package io.edgemc.syncer.report;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.syncer.hub.Backoff;
import io.edgemc.syncer.hub.HubException;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.session.Session;
import io.edgemc.syncer.session.Sessions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends what changed, in batches, one at a time; at the beginning of a session it reconciles with what the hub knows. */
public final class ReportLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ReportLoop.class);
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** What changes together is told together: each call costs the hub a durable write. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration FIRST_LISTS = Duration.ofSeconds(60);
    /** What a report weighs beside its object. */
    private static final int ENVELOPE = 700;

    private final ReportBook book;
    private final Sessions sessions;
    private final KubeClient kube;
    private final Discovery discovery;
    private final Predicate<Duration> awaitFirstLists;
    private final String clusterUid;
    private final StopSignal stop;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), RandomGenerator.getDefault());
    private @Nullable Session reconciled;
    private long sequence;

    /** @param awaitFirstLists waits until every watch has listed once; false if that takes longer than the given time */
    public ReportLoop(
            ReportBook book,
            Sessions sessions,
            KubeClient kube,
            Discovery discovery,
            Predicate<Duration> awaitFirstLists,
            String clusterUid,
            StopSignal stop) {
        this.book = book;
        this.sessions = sessions;
        this.kube = kube;
        this.discovery = discovery;
        this.awaitFirstLists = awaitFirstLists;
        this.clusterUid = clusterUid;
        this.stop = stop;
        sessions.onChange(book::wake);
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            try {
                Session session = sessions.await();
                if (reconciled == null || reconciled.epoch() != session.epoch()) {
                    reconcile(session);
                    reconciled = session;
                }
                List<PendingReport> batch = book.take(session.limits().maxReportBatch(), IDLE, GATHER);
                if (!batch.isEmpty()) {
                    send(session, batch);
                }
            } catch (InterruptedException | InterruptedIOException e) {
                return;
            } catch (IOException e) {
                log.atWarn().addKeyValue(LogKeys.REASON, e.toString()).log("reports could not be sent; they are kept");
                stop.await(backoff.next(e instanceof HubException refused ? refused.retryAfter() : Optional.empty()));
            }
        }
    }

    private void reconcile(Session session) throws IOException {
        sequence = 0;
        boolean complete = awaitFirstLists.test(FIRST_LISTS);
        book.begin();
        if (!complete) {
            log.atWarn()
                    .log("not all kinds could be listed, so reports are not compared with the hub's in this session");
            return;
        }
        Reconciliation.run(session, book);
    }

    private void send(Session session, List<PendingReport> batch) throws IOException {
        int from = 0;
        try {
            while (from < batch.size()) {
                int to = from;
                long bytes = 0;
                List<ObjectReport> reports = new ArrayList<>();
                while (to < batch.size()
                        && (to == from
                                || bytes + batch.get(to).size() + ENVELOPE
                                        < session.limits().maxBodyBytes())) {
                    bytes += batch.get(to).size() + ENVELOPE;
                    reportOrRefuse(batch.get(to)).ifPresent(reports::add);
                    to++;
                }
                sendOrSplit(session, reports);
                from = to;
            }
            backoff.reset();
        } catch (IOException | RuntimeException e) {
            book.putBack(batch.subList(from, batch.size()));
            throw e;
        }
    }

    /** A batch that the hub refuses for good is halved until what it does not like stands alone, and that is left out. */
    private void sendOrSplit(Session session, List<ObjectReport> reports) throws IOException {
        if (reports.isEmpty()) {
            return;
        }
        try {
            session.client().report(session.epoch(), reports);
            log.atDebug()
                    .addKeyValue(LogKeys.COUNT, reports.size())
                    .addKeyValue(
                            LogKeys.TRACE_ID, LogKeys.traceId(reports.getFirst().traceparent()))
                    .log("reported");
        } catch (HubException e) {
            boolean refusedForGood = e.status() == 400 || e.status() == 413 || e.status() == 422;
            if (!refusedForGood) {
                throw e;
            }
            if (reports.size() == 1) {
                log.atError()
                        .addKeyValue(LogKeys.OBJECT, reports.getFirst().key().text())
                        .addKeyValue(LogKeys.REASON, String.valueOf(e.getMessage()))
                        .log("the hub refuses the report of this object; it is left out");
                return;
            }
            int half = reports.size() / 2;
            sendOrSplit(session, reports.subList(0, half));
            sendOrSplit(session, reports.subList(half, reports.size()));
        }
    }

    private Optional<ObjectReport> reportOrRefuse(PendingReport pending) throws IOException {
        try {
            return report(pending);
        } catch (RuntimeException e) {
            book.refuse(pending.key(), e);
            return Optional.empty();
        }
    }

    private Optional<ObjectReport> report(PendingReport pending) throws IOException {
        ObjectNode object = pending.object();
        String hash = pending.hash();
        if (pending.mustBeRead()) {
            Optional<ObjectNode> form = read(pending);
            if (form.isEmpty()) {
                // It went meanwhile, and its watch says so.
                return Optional.empty();
            }
            object = form.get();
            Digest digest = Digest.sha256(CanonicalJson.bytes(object));
            hash = digest.hex();
            book.refresh(pending.key(), pending.origin(), digest, pending.trace());
        }
        sequence++;
        return Optional.of(new ObjectReport(
                clusterUid,
                0,
                sequence,
                pending.key(),
                pending.origin(),
                object == null ? 0 : object.path("metadata").path("generation").asLong(0),
                hash,
                pending.deleted(),
                object,
                pending.observedAt(),
                pending.trace()));
    }

    private Optional<ObjectNode> read(PendingReport pending) throws IOException {
        Optional<ResourceType> type = discovery.find(GroupResource.of(pending.key()));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return kube.find(type.get().pathOf(pending.key()))
                .map(live -> pending.origin() == Origin.UPSYNC
                        ? ReportedForm.upsynced(live)
                        : ReportedForm.downsynced(live));
    }
}
