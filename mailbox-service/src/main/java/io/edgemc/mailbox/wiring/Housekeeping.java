package io.edgemc.mailbox.wiring;

import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.Readiness;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.mailbox.content.ContentSweep;
import io.edgemc.mailbox.delivery.DeliveryMeters;
import io.edgemc.mailbox.delivery.Holdings;
import io.edgemc.mailbox.delivery.ParkedPolls;
import io.edgemc.mailbox.delivery.TargetHistory;
import io.edgemc.mailbox.delivery.TargetIntake;
import io.edgemc.mailbox.delivery.Targets;
import io.edgemc.mailbox.delivery.Undelivered;
import io.edgemc.mailbox.enrol.Credentials;
import io.edgemc.mailbox.enrol.JoinTokens;
import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.postbox.Mailboxes;
import io.edgemc.mailbox.report.ReportedObjects;
import io.edgemc.mailbox.session.Liveness;
import io.edgemc.mailbox.view.ViewSignal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What goes on beside the calls: keeping memory up with the tables, noticing silence, forgetting, and saying how it goes. */
@Configuration(proxyBeanMethods = false)
class Housekeeping {
    /** How long watches can look back. */
    private static final Duration KEEP_CHANGES = Duration.ofHours(1);

    private static final Duration TIDY_EVERY = Duration.ofMinutes(5);

    @Bean(destroyMethod = "close")
    ReplicaRefresh replicaRefresh(
            CommitSignal commits,
            MailboxIndex index,
            Credentials credentials,
            ParkedPolls polls,
            Connections connections,
            Liveness liveness,
            Holdings holdings,
            DeliveryMeters meters,
            TargetIntake targets,
            ViewSignal views) {
        index.listen(polls);
        index.listen(new MailboxIndex.Listener() {
            @Override
            public void moved(MailboxHead head) {
                // Nothing to do: only departures end connections.
            }

            @Override
            public void departed(String clusterUid) {
                connections.close(clusterUid);
                liveness.forget(clusterUid);
                holdings.forget(clusterUid);
                meters.forget(clusterUid);
            }
        });
        credentials.refresh();
        index.refresh();
        targets.retryParked();
        return new ReplicaRefresh(commits, List.of(credentials::refresh, index::refresh, views::moved));
    }

    @Bean(destroyMethod = "close")
    Rounds livenessRounds(Liveness liveness, MailboxSettings settings) {
        return new Rounds("liveness", settings.sweepEvery(), liveness::sweep);
    }

    @Bean
    TargetHistory targetHistory(JdbcTemplate jdbc, Clock clock) {
        return new TargetHistory(jdbc, clock);
    }

    @Bean(destroyMethod = "close")
    Rounds tidyRounds(
            ContentSweep contents,
            JoinTokens tokens,
            Credentials credentials,
            Mailboxes mailboxes,
            ReportedObjects reported,
            TargetHistory history) {
        return new Rounds("tidying", TIDY_EVERY, () -> {
            tokens.forgetOld();
            credentials.forgetEnded();
            mailboxes.forgetDeparted(KEEP_CHANGES);
            reported.forgetDeleted(KEEP_CHANGES);
            history.forget(KEEP_CHANGES);
            contents.sweep();
        });
    }

    @Bean
    HealthIndicator mailboxReadinessHealthIndicator(List<EventConsumer> consumers, AgentServer listener) {
        return () -> {
            Health.Builder health = Health.up();
            for (EventConsumer consumer : consumers) {
                Readiness readiness = consumer.readiness();
                health.withDetail(consumer.name(), readiness.detail());
                if (!readiness.ready()) {
                    health.outOfService();
                }
            }
            health.withDetail("agent-listener", listener.isRunning() ? "open" : "closed");
            return listener.isRunning() ? health.build() : health.outOfService().build();
        };
    }

    @Bean
    MeterBinder mailboxMeters(
            Connections connections,
            ParkedPolls polls,
            AgentServer listener,
            Targets targets,
            JdbcTemplate jdbc,
            Clock clock) {
        Undelivered undelivered = new Undelivered(jdbc, clock);
        return registry -> {
            gauge(registry, "edgemc.agent.connections", "Open connections of agents", connections::size);
            gauge(
                    registry,
                    "edgemc.agent.connections.refused",
                    "Connections of agents that were refused because there were too many",
                    connections::refused);
            gauge(registry, "edgemc.agent.polls", "Polls that wait", polls::size);
            gauge(registry, "edgemc.agent.calls", "Calls of agents at work", listener::callsAtWork);
            queue(registry, "parked-targets", targets::countParked, targets::oldestParkedSeconds);
            queue(registry, "undelivered-targets", undelivered::count, undelivered::oldestSeconds);
        };
    }

    private static void queue(MeterRegistry registry, String queue, Supplier<Number> size, Supplier<Number> seconds) {
        Gauge.builder("edgemc.queue.size", size)
                .description("Items that wait")
                .tag("queue", queue)
                .register(registry);
        Gauge.builder("edgemc.queue.age", seconds)
                .description("Age of the oldest item that waits")
                .baseUnit("seconds")
                .tag("queue", queue)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
