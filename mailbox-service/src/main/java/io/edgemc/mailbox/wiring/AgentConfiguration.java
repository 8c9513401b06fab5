package io.edgemc.mailbox.wiring;

import io.edgemc.api.agent.SessionLimits;
import io.edgemc.mailbox.authority.AgentAuthority;
import io.edgemc.mailbox.delivery.AppliedOperation;
import io.edgemc.mailbox.delivery.ContentOperation;
import io.edgemc.mailbox.delivery.Deliveries;
import io.edgemc.mailbox.delivery.DeliveryMeters;
import io.edgemc.mailbox.delivery.Holdings;
import io.edgemc.mailbox.delivery.MailboxOperation;
import io.edgemc.mailbox.delivery.ParkedPolls;
import io.edgemc.mailbox.enrol.Credentials;
import io.edgemc.mailbox.enrol.EnrolOperations;
import io.edgemc.mailbox.enrol.Enrolment;
import io.edgemc.mailbox.enrol.JoinTokens;
import io.edgemc.mailbox.listener.AgentOperation;
import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.report.Reconciliation;
import io.edgemc.mailbox.report.ReportLog;
import io.edgemc.mailbox.report.ReportsOperation;
import io.edgemc.mailbox.session.HubEpoch;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.session.LivenessSettings;
import io.edgemc.mailbox.session.SessionOperation;
import io.edgemc.mailbox.session.Sessions;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What agents talk to. */
@Configuration(proxyBeanMethods = false)
class AgentConfiguration {
    private static final int REPORT_BATCH = 1_000;
    private static final int BODY_BYTES = 5 << 20;
    private static final int MIN_BACKOFF_MILLIS = 250;
    private static final int MAX_BACKOFF_MILLIS = 30_000;
    private static final Duration FLUSH_CONTACTS = Duration.ofSeconds(30);

    /** Id of this process among the replicas. */
    record Replica(String id) {}

    @Bean
    Replica replica() {
        return new Replica(UUID.randomUUID().toString());
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean(destroyMethod = "close")
    ExecutorService agentWorkers() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("agent-call-", 0).factory());
    }

    @Bean
    AgentAuthority agentAuthority(MailboxSettings settings, Clock clock, SecureRandom random) {
        return AgentAuthority.open(settings.caDir(), clock, random);
    }

    @Bean
    Connections connections() {
        return new Connections();
    }

    @Bean
    Credentials credentials(Ledger ledger, Connections connections, Clock clock) {
        return new Credentials(ledger, connections, clock);
    }

    @Bean
    JoinTokens joinTokens(JdbcTemplate jdbc, Clock clock, SecureRandom random) {
        return new JoinTokens(jdbc, clock, random);
    }

    @Bean
    Enrolment enrolment(
            Ledger ledger,
            AgentAuthority authority,
            JoinTokens tokens,
            Credentials credentials,
            MailboxSettings settings) {
        return new Enrolment(ledger, authority, tokens, credentials, settings.certificateValidity());
    }

    @Bean
    Sessions sessions(Ledger ledger, MailboxIndex index, Clock clock, Replica replica, MailboxSettings settings) {
        SessionLimits limits = new SessionLimits(
                (int) settings.longPoll().toSeconds(),
                REPORT_BATCH,
                BODY_BYTES,
                MIN_BACKOFF_MILLIS,
                MAX_BACKOFF_MILLIS);
        return new Sessions(ledger, index, clock, HubEpoch.open(ledger), replica.id(), limits);
    }

    @Bean
    Liveness liveness(Ledger ledger, Connections connections, Clock clock, Replica replica, MailboxSettings settings) {
        return new Liveness(
                ledger,
                connections,
                clock,
                replica.id(),
                new LivenessSettings(settings.disconnectAfter(), settings.staleAfter(), FLUSH_CONTACTS));
    }

    @Bean
    ParkedPolls parkedPolls() {
        return new ParkedPolls();
    }

    @Bean
    DeliveryMeters deliveryMeters(MeterRegistry registry, Clock clock) {
        return new DeliveryMeters(registry, clock);
    }

    @Bean
    AgentOperations agentOperations(
            Enrolment enrolment,
            Credentials credentials,
            Sessions sessions,
            Liveness liveness,
            Deliveries deliveries,
            Holdings holdings,
            ParkedPolls polls,
            DeliveryMeters meters,
            MailboxIndex index,
            Ledger ledger,
            ReportLog log,
            Clock clock,
            ExecutorService agentWorkers) {
        List<AgentOperation> all = new ArrayList<>(EnrolOperations.of(enrolment));
        all.add(SessionOperation.of(sessions, liveness, credentials::retireOlder));
        all.add(new MailboxOperation(sessions, liveness, deliveries, holdings, polls, meters, agentWorkers));
        all.add(new ContentOperation(index, holdings, deliveries));
        all.add(new AppliedOperation(ledger, sessions, liveness, holdings, meters));
        all.add(new ReportsOperation(sessions, liveness, log));
        all.addAll(new Reconciliation(ledger.jdbc(), sessions, log, clock).operations());
        return new AgentOperations(List.copyOf(all));
    }

    /** Everything that agents may call. */
    record AgentOperations(List<AgentOperation> all) {}
}
