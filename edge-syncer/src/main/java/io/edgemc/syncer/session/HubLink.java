package io.edgemc.syncer.session;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.syncer.hub.Backoff;
import io.edgemc.syncer.hub.HubClient;
import io.edgemc.syncer.hub.HubException;
import io.edgemc.syncer.identity.CertificateRequest;
import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.identity.IdentityStore;
import io.edgemc.syncer.identity.MutualTls;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.state.EdgeState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the hub, takes deliveries over, and renews the certificate in time. Whatever fails is tried again for ever,
 * at the pace that the hub told; the cluster meanwhile stays as it was asked last.
 */
public final class HubLink implements Runnable {
    /**
     * What the hub is told and how patient we are.
     *
     * @param slowPause wait after the session was taken over by another syncer, or the identity was refused
     */
    public record Settings(
            URI hub, String instance, String version, Supplier<String> kubernetesVersion, Duration slowPause) {}

    private static final Logger log = LoggerFactory.getLogger(HubLink.class);
    private static final Duration AT_LEAST = Duration.ofMillis(200);

    private final Settings settings;
    private final IdentityStore store;
    private final EdgeState state;
    private final Sessions sessions;
    private final TargetListener listener;
    private final Executor executor;
    private final StopSignal stop;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), random);
    private Identity identity;
    private HubClient client;

    public HubLink(
            Settings settings,
            Identity identity,
            IdentityStore store,
            EdgeState state,
            Sessions sessions,
            TargetListener listener,
            Executor executor,
            StopSignal stop) {
        this.settings = settings;
        this.identity = identity;
        this.store = store;
        this.state = state;
        this.sessions = sessions;
        this.listener = listener;
        this.executor = executor;
        this.stop = stop;
        this.client = new HubClient(settings.hub(), MutualTls.of(identity), executor);
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            try {
                poll(open());
            } catch (InterruptedException | InterruptedIOException e) {
                break;
            } catch (HubException e) {
                sessions.set(null);
                stop.await(refused(e));
            } catch (IOException e) {
                sessions.set(null);
                client.reconnect();
                log.atWarn().addKeyValue(LogKeys.REASON, e.toString()).log("the hub cannot be used now; trying again");
                stop.await(backoff.next(Optional.empty()));
            } catch (RuntimeException e) {
                sessions.set(null);
                log.atError().setCause(e).log("a delivery could not be taken over");
                stop.await(backoff.next(Optional.empty()));
            }
        }
        sessions.set(null);
        client.close();
    }

    private Duration refused(HubException e) {
        if (e.isFenced()) {
            log.atError()
                    .addKeyValue(LogKeys.CLUSTER, identity.clusterName())
                    .log("ANOTHER SYNCER RUNS FOR THIS CLUSTER and took the session over: stop one of the two, or"
                            + " enrol a cloned cluster anew. This one waits.");
            return jittered(settings.slowPause());
        }
        if (e.isIdentityRefused()) {
            log.atError()
                    .addKeyValue(LogKeys.CLUSTER, identity.clusterName())
                    .addKeyValue(LogKeys.REASON, String.valueOf(e.getMessage()))
                    .log("the hub does not accept this cluster's certificate (revoked, or of a removed cluster)");
            return jittered(settings.slowPause());
        }
        log.atWarn().addKeyValue(LogKeys.REASON, String.valueOf(e.getMessage())).log("the hub refused");
        return backoff.next(e.retryAfter());
    }

    private Session open() throws IOException {
        renewIfDue();
        EdgeState.KnownHub known = state.hub();
        SessionResponse answer = client.openSession(request(known));
        if (answer.protocol() != AgentPaths.PROTOCOL) {
            throw new IOException("the hub speaks protocol " + answer.protocol() + " only");
        }
        backoff.limit(
                Duration.ofMillis(answer.limits().minBackoffMillis()),
                Duration.ofMillis(answer.limits().maxBackoffMillis()));
        if (!known.epoch().isEmpty() && !known.epoch().equals(answer.hubEpoch())) {
            log.atWarn().log("the hub was restored from a backup; nothing is deleted because of that");
        }
        state.opened(new EdgeState.KnownHub(answer.hubEpoch(), answer.epoch()));
        Session session = new Session(client, answer.epoch(), answer.limits());
        sessions.set(session);
        log.atInfo()
                .addKeyValue(LogKeys.CLUSTER, identity.clusterName())
                .addKeyValue("epoch", answer.epoch())
                .log("session open");
        return session;
    }

    /** Says what we remember of the hub's present life, which it cannot know less of. */
    private SessionRequest request(EdgeState.KnownHub known) {
        EdgeState.Accepted target = state.accepted();
        boolean first = known.epoch().isEmpty();
        return new SessionRequest(
                settings.instance(),
                settings.version(),
                settings.kubernetesVersion().get(),
                List.of(AgentPaths.PROTOCOL),
                first ? null : known.epoch(),
                first ? null : Long.valueOf(known.session()),
                first || !target.hubEpoch().equals(known.epoch()) ? null : Long.valueOf(target.revision()));
    }

    /** Until stopped, or until there is a new certificate: its first session ends the one before at the hub. */
    private void poll(Session session) throws IOException, InterruptedException {
        while (!stop.isStopped()) {
            long began = System.nanoTime();
            Delivery delivery = new Delivery(state);
            boolean delivered =
                    session.client().poll(session.epoch(), state.accepted().state(), pollSeconds(session), delivery);
            backoff.reset();
            if (delivered) {
                take(delivery, session);
            } else if (System.nanoTime() - began < AT_LEAST.toNanos()) {
                // A hub that answers "nothing" at once must not be asked in a circle.
                stop.await(backoff.next(Optional.empty()));
            }
            if (renewIfDue()) {
                // The others wait for the next one; the client of this one is closed.
                sessions.set(null);
                return;
            }
        }
    }

    /** As long as the hub allows, but not beyond the time to renew. */
    private int pollSeconds(Session session) {
        long left = Duration.between(Instant.now(), identity.renewAt()).toSeconds();
        return (int) Math.clamp(left, 1, Math.max(1, session.limits().longPollSeconds()));
    }

    private void take(Delivery delivery, Session session) throws IOException, InterruptedException {
        Delivery.Changes changes = delivery.accept(session.client());
        EdgeState.Accepted now = state.accepted();
        log.atInfo()
                .addKeyValue(LogKeys.CLUSTER, identity.clusterName())
                .addKeyValue(LogKeys.REVISION, now.revision())
                .addKeyValue(LogKeys.TRACE_ID, LogKeys.traceId(now.trace()))
                .addKeyValue(LogKeys.COUNT, changes.changed().size())
                .log("target accepted");
        listener.accepted(changes.changed(), changes.released());
    }

    /** True if there is a new certificate, and so a new client. */
    private boolean renewIfDue() throws IOException {
        if (Instant.now().isBefore(identity.renewAt())) {
            return false;
        }
        KeyPair keys = CertificateRequest.newKeyPair();
        EnrollResponse answer = client.renew(new RenewRequest(CertificateRequest.pem(keys, identity.clusterName())));
        if (!answer.clusterUid().equals(identity.clusterUid())) {
            throw new IOException("the hub answered a renewal with another cluster's identity");
        }
        identity = store.store(
                answer.clusterUid(), answer.clusterName(), keys.getPrivate(), answer.certificatePem(), answer.caPem());
        HubClient old = client;
        client = new HubClient(settings.hub(), MutualTls.of(identity), executor);
        old.close();
        log.atInfo().addKeyValue(LogKeys.CLUSTER, identity.clusterName()).log("certificate renewed");
        return true;
    }

    private Duration jittered(Duration about) {
        return about.plusMillis(random.nextLong(about.toMillis() / 4 + 1));
    }
}
