package io.edgemc.bench.fleet;

import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.hub.Backoff;
import io.edgemc.syncer.hub.HubClient;
import io.edgemc.syncer.hub.HubException;
import io.edgemc.syncer.hub.MailboxSink;
import io.edgemc.syncer.identity.CertificateRequest;
import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.identity.MutualTls;
import io.edgemc.syncer.identity.Pem;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An edge that speaks the real agent protocol over TLS with a certificate of its own, and holds what it is told in memory instead of
 * applying it. It waits between attempts as a syncer does. Its loop runs on one virtual thread.
 */
public final class SimulatedEdge implements AutoCloseable {
    private static final int WAIT_SECONDS = 55;
    private static final int CONTENT_BATCH = 500;

    private final String name;
    private final URI hub;
    private final Identity identity;
    private final HubClient client;
    private final Map<ObjectKey, Held> held = new ConcurrentHashMap<>();
    private final AtomicLong deliveredObjects = new AtomicLong();
    private final AtomicLong deliveries = new AtomicLong();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), new Random());
    private volatile String have = "";
    private volatile boolean closed;

    /** An object as delivered: content digest, and when it was held ({@link System#nanoTime()}). */
    public record Held(String content, long nanos) {}

    private SimulatedEdge(String name, URI hub, Identity identity, Executor executor) {
        this.name = name;
        this.hub = hub;
        this.identity = identity;
        this.client = new HubClient(hub, MutualTls.of(identity), executor);
    }

    /** Enrols with a join token. */
    static SimulatedEdge enrol(String name, URI hub, String caPem, String token, Executor executor) throws IOException {
        KeyPair keys = CertificateRequest.newKeyPair();
        try (HubClient anonymous = new HubClient(hub, MutualTls.trusting(Pem.certificates(caPem)), executor)) {
            EnrollResponse answer = anonymous.enroll(new EnrollRequest(token, CertificateRequest.pem(keys, name)));
            return new SimulatedEdge(
                    name,
                    hub,
                    new Identity(
                            answer.clusterUid(),
                            answer.clusterName(),
                            keys.getPrivate(),
                            Pem.certificates(answer.certificatePem()),
                            Pem.certificates(answer.caPem())),
                    executor);
        }
    }

    public String name() {
        return name;
    }

    public String uid() {
        return identity.clusterUid();
    }

    public URI hub() {
        return hub;
    }

    /** What it holds now, by key. */
    public Map<ObjectKey, Held> held() {
        return held;
    }

    /** Objects that came with content since the start. */
    public long deliveredObjects() {
        return deliveredObjects.get();
    }

    public long deliveries() {
        return deliveries.get();
    }

    /** Breaks the connection, as a link that goes away; the loop comes back with what it has. */
    public void reconnect() {
        client.reconnect();
    }

    /** Forgets everything and comes back, as an agent on an empty disk. */
    public void wipe() {
        held.clear();
        have = "";
        client.reconnect();
    }

    void start() {
        Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                SessionResponse session =
                        client.openSession(new SessionRequest(name, "simulated", "v1.36.3", List.of(1)));
                backoff.limit(
                        Duration.ofMillis(session.limits().minBackoffMillis()),
                        Duration.ofMillis(session.limits().maxBackoffMillis()));
                while (!closed) {
                    poll(session.epoch());
                    backoff.reset();
                }
            } catch (HubException refused) {
                LockSupport.parkNanos(backoff.next(refused.retryAfter()).toNanos());
            } catch (IOException unreachable) {
                LockSupport.parkNanos(backoff.next(Optional.empty()).toNanos());
            }
        }
    }

    private void poll(long epoch) throws IOException {
        Delivery delivery = new Delivery();
        if (!client.poll(epoch, have, WAIT_SECONDS, delivery)) {
            return;
        }
        delivery.fetchMissing();
        MailboxLine.Head head = delivery.head();
        have = head.state().text();
        deliveries.incrementAndGet();
        client.applied(new AppliedReport(epoch, head.revision(), head.state(), List.of(), head.traceparent()));
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private final class Delivery implements MailboxSink {
        private final Map<ObjectKey, Digest> missing = new LinkedHashMap<>();
        private MailboxLine.@Nullable Head head;

        @Override
        public void head(MailboxLine.Head line) {
            head = line;
        }

        @Override
        public void entry(MailboxLine line) {
            switch (line) {
                case MailboxLine.Apply apply -> {
                    if (apply.object() != null) {
                        deliveredObjects.incrementAndGet();
                        held.put(apply.key(), new Held(apply.content().hex(), System.nanoTime()));
                    } else if (!isHeld(apply)) {
                        missing.put(apply.key(), apply.content());
                    }
                }
                case MailboxLine.Delete delete -> held.remove(delete.key());
                case MailboxLine.Forget forget -> held.remove(forget.key());
                case MailboxLine.Head ignored -> throw new IllegalStateException("a second head");
                case MailboxLine.End ignored -> throw new IllegalStateException("an end is no entry");
            }
        }

        /** A snapshot names contents by digest; those that are not held are asked for. */
        void fetchMissing() throws IOException {
            List<Digest> digests = new ArrayList<>(new LinkedHashSet<>(missing.values()));
            for (int from = 0; from < digests.size(); from += CONTENT_BATCH) {
                client.content(
                        digests.subList(from, Math.min(digests.size(), from + CONTENT_BATCH)),
                        line -> deliveredObjects.incrementAndGet());
            }
            missing.forEach((key, digest) -> held.put(key, new Held(digest.hex(), System.nanoTime())));
        }

        private boolean isHeld(MailboxLine.Apply apply) {
            Held now = held.get(apply.key());
            return now != null && now.content().equals(apply.content().hex());
        }

        MailboxLine.Head head() {
            if (head == null) {
                throw new IllegalStateException("a delivery without a head");
            }
            return head;
        }
    }
}
