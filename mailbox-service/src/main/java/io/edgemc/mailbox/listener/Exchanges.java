package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.PeerCertificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all exchanges share: the operations, who may call them, and the limits. Thread-safe. */
final class Exchanges {
    private static final String ANONYMOUS = "";

    private final Map<String, AgentOperation> operations;
    private final CredentialCheck credentials;
    private final Clock clock;
    private final Executor workers;
    private final ListenerSettings settings;
    private final CallsAtWork atWork = new CallsAtWork();
    private final BodyBudget budget;

    private volatile boolean stopping;

    Exchanges(
            List<AgentOperation> operations,
            CredentialCheck credentials,
            Clock clock,
            Executor workers,
            ListenerSettings settings) {
        this.operations = operations.stream().collect(Collectors.toMap(AgentOperation::path, Function.identity()));
        this.credentials = credentials;
        this.clock = clock;
        this.workers = workers;
        this.settings = settings;
        this.budget = new BodyBudget(settings.bodyBytes());
    }

    BodyBudget budget() {
        return budget;
    }

    ListenerSettings settings() {
        return settings;
    }

    CallsAtWork atWork() {
        return atWork;
    }

    /** From now on every new call is told to come back. */
    void stop() {
        stopping = true;
    }

    /** The operation that a request names, if the peer may call it; refused before a byte of the body is read. */
    AgentOperation admit(String method, String path, @Nullable PeerCertificate peer) {
        AgentOperation operation = operations.get(path);
        if (operation == null) {
            throw new ProblemException(Problem.notFound());
        }
        if (!operation.method().equals(method)) {
            throw new ProblemException(Problem.wrongMethod(operation.method()));
        }
        if (!operation.anonymous()) {
            if (peer == null) {
                throw new ProblemException(Problem.noCertificate());
            }
            // A connection may outlive its certificate.
            if (!clock.instant().isBefore(peer.notAfter()) || !credentials.accepts(peer)) {
                throw new ProblemException(Problem.credentialRefused());
            }
        }
        if (stopping) {
            throw new ProblemException(Problem.stopping());
        }
        return operation;
    }

    /** Runs a call on a thread that may block, within the caller's share; calls {@code done} when its body is no longer needed. */
    void run(AgentOperation operation, AgentCall call, AgentReply reply, Runnable done) {
        PeerCertificate peer = call.peer();
        boolean known = peer != null && !operation.anonymous();
        String caller = known && peer != null ? peer.identity().clusterUid() : ANONYMOUS;
        if (!atWork.begin(caller, known ? settings.callsPerCluster() : settings.anonymousCalls())) {
            done.run();
            reply.problem(Problem.tooManyCalls());
            return;
        }
        workers.execute(() -> {
            try {
                Guard.run(caller, operation.path(), reply, () -> operation.handle(call, reply));
            } finally {
                done.run();
                atWork.end(caller);
            }
        });
    }
}
