package io.edgemc.mailbox.wiring;

import io.edgemc.mailbox.authority.AgentAuthority;
import io.edgemc.mailbox.delivery.ParkedPolls;
import io.edgemc.mailbox.enrol.Credentials;
import io.edgemc.mailbox.listener.AgentListener;
import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.listener.ListenerSettings;
import io.edgemc.mailbox.rest.AgentAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The listener's life: it opens after the consumers run, and is the first to stop. */
@Component
public class AgentServer implements SmartLifecycle, AgentAddress {
    private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);

    private final MailboxSettings settings;
    private final AgentAuthority authority;
    private final AgentConfiguration.AgentOperations operations;
    private final Credentials credentials;
    private final Connections connections;
    private final ParkedPolls polls;
    private final Clock clock;
    private final ExecutorService workers;
    private volatile @Nullable AgentListener listener;

    AgentServer(
            MailboxSettings settings,
            AgentAuthority authority,
            AgentConfiguration.AgentOperations operations,
            Credentials credentials,
            Connections connections,
            ParkedPolls polls,
            Clock clock,
            ExecutorService agentWorkers) {
        this.settings = settings;
        this.authority = authority;
        this.operations = operations;
        this.credentials = credentials;
        this.connections = connections;
        this.polls = polls;
        this.clock = clock;
        this.workers = agentWorkers;
    }

    @Override
    public void start() {
        AgentListener started = AgentListener.start(
                ListenerSettings.at(settings.agent().address(), settings.agent().port())
                        .withConnections(
                                settings.agent().maxConnections(),
                                settings.agent().connectionsPerAddress()),
                authority.issueServer(settings.agent().names()),
                authority.certificate(),
                operations.all(),
                credentials,
                connections,
                clock,
                workers);
        listener = started;
        LOG.atInfo().addKeyValue("port", started.port()).log("the agent listener is open");
    }

    @Override
    public void stop() {
        AgentListener running = listener;
        if (running != null) {
            running.stopAccepting();
            polls.stop();
            running.close();
            listener = null;
        }
    }

    @Override
    public boolean isRunning() {
        AgentListener running = listener;
        return running != null && running.isOpen();
    }

    /** The bound port; throws {@link IllegalStateException} before the start. */
    public int port() {
        AgentListener running = listener;
        if (running == null) {
            throw new IllegalStateException("the agent listener is not open");
        }
        return running.port();
    }

    @Override
    public String url() {
        String configured = settings.agent().url();
        return configured.isEmpty() ? "https://localhost:" + port() : configured;
    }

    @Override
    public String caPem() {
        return authority.certificatePem();
    }

    /** Calls at work now. */
    int callsAtWork() {
        AgentListener running = listener;
        return running == null ? 0 : running.callsAtWork();
    }
}
