package io.edgemc.mailbox.session;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.SessionLimits;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.mailbox.authority.ClusterIdentity;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions and says which one counts: the youngest of a cluster, and no other. Thread-safe. */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int MAX_TEXT = 200;

    private final Ledger ledger;
    private final MailboxIndex index;
    private final Clock clock;
    private final HubEpoch hubEpoch;
    private final String replica;
    private final SessionLimits limits;

    /** @param replica random id of this process */
    public Sessions(
            Ledger ledger, MailboxIndex index, Clock clock, HubEpoch hubEpoch, String replica, SessionLimits limits) {
        this.ledger = ledger;
        this.index = index;
        this.clock = clock;
        this.hubEpoch = hubEpoch;
        this.replica = replica;
        this.limits = limits;
    }

    public SessionLimits limits() {
        return limits;
    }

    /** Opens a session; all older ones of the cluster are fenced when this returns. */
    SessionResponse open(ClusterIdentity cluster, SessionRequest request) {
        if (!request.protocols().contains(AgentPaths.PROTOCOL)) {
            throw new ProblemException(new Problem(
                    400,
                    "protocol-not-spoken",
                    "This hub speaks version " + AgentPaths.PROTOCOL + " of the protocol."));
        }
        Opened opened = ledger.write(() -> next(cluster, request));
        index.refresh();
        LOG.atInfo()
                .addKeyValue("cluster", cluster.clusterUid())
                .addKeyValue("epoch", opened.epoch())
                .log("a session was opened");
        if (opened.restored()) {
            LOG.atWarn()
                    .addKeyValue("cluster", cluster.clusterUid())
                    .log("an edge remembers what this database does not know: it was restored from an older copy; a new"
                            + " hub epoch begins, and edges offer their state");
        }
        return new SessionResponse(opened.epoch(), AgentPaths.PROTOCOL, opened.hubEpoch(), limits);
    }

    private record Opened(long epoch, String hubEpoch, boolean restored) {}

    /** The mailbox of a caller whose session counts; throws {@link ProblemException} for every other. */
    public MailboxHead require(ClusterIdentity cluster, long epoch) {
        MailboxHead head = index.current(cluster.clusterUid(), epoch)
                .orElseThrow(() -> new ProblemException(Problem.credentialRefused()));
        if (epoch < 1 || head.epoch() != epoch) {
            throw new ProblemException(Problem.staleEpoch());
        }
        return head;
    }

    private Opened next(ClusterIdentity cluster, SessionRequest request) {
        List<HubEpoch.Known> last = ledger.jdbc()
                .query(
                        "select epoch, target_revision from mailbox where cluster_uid = ? for no key update",
                        (row, i) -> new HubEpoch.Known(row.getLong(1), row.getLong(2)),
                        cluster.clusterUid());
        if (last.isEmpty()) {
            throw new ProblemException(Problem.credentialRefused());
        }
        // Not a mere count: after a restore of the database, epochs must go on above those that edges and topics have
        // seen.
        String before = hubEpoch.current();
        String now = hubEpoch.after(request, last.getFirst());
        long epoch = Math.max(last.getFirst().epoch() + 1, clock.millis());
        long position = ledger.positions(1).first();
        ledger.jdbc()
                .update(
                        "update mailbox set epoch = ?, instance = ?, replica = ?, syncer_version = ?, kubernetes_version = ?, "
                                + "connected = true, stale = false, last_seen = ?, report_sequence = report_sequence + 1, "
                                + "report_position = ?, position = ? where cluster_uid = ?",
                        epoch,
                        shortened(request.instance()),
                        replica,
                        shortened(request.syncerVersion()),
                        shortened(request.kubernetesVersion()),
                        Timestamp.from(clock.instant()),
                        position,
                        position,
                        cluster.clusterUid());
        return new Opened(epoch, now, !now.equals(before));
    }

    private static String shortened(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
