package io.edgemc.c2p.fleet;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.ledger.Rounds;
import io.edgemc.c2p.ledger.ServedObjects;
import io.edgemc.c2p.placed.Contents;
import io.edgemc.c2p.placed.Placements;
import io.edgemc.c2p.placed.PolicyDiffs;
import io.edgemc.c2p.report.ReportIntake;
import io.edgemc.c2p.report.Reports;
import io.edgemc.c2p.report.Servings;
import io.edgemc.c2p.settings.C2pProperties;
import io.edgemc.c2p.total.Totals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What comes from the bus, each topic by a consumer group of its own. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {
    /** An auditor reads what was a moment ago, a delivery does not wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    @Bean
    Targets targets(JdbcTemplate jdbc, Clock clock) {
        return new Targets(jdbc, clock);
    }

    @Bean
    PolicyMoves policyMoves(
            Targets targets, Contents contents, Placements placements, Servings servings, Clusters clusters) {
        return new PolicyMoves(targets, contents, new PolicyDiffs(contents), placements, servings, clusters);
    }

    @Bean
    EventConsumer inventoryConsumer(
            EventConsumers consumers,
            Ledger ledger,
            Clusters clusters,
            Servings servings,
            PolicyMoves moves,
            Totals totals,
            ServedObjects served) {
        return consumers.consumer(
                Subscription.shared("c2p-inventory", Topics.INVENTORY.topic()).withPatience(PATIENCE),
                new InventoryIntake(ledger, clusters, servings, moves, totals, served));
    }

    @Bean
    EventConsumer contentConsumer(
            EventConsumers consumers,
            Ledger ledger,
            Contents contents,
            Targets targets,
            PolicyMoves moves,
            Totals totals) {
        return consumers.consumer(
                Subscription.shared("c2p-content", Topics.CONTENT.topic()).withPatience(PATIENCE),
                new ContentIntake(ledger, contents, targets, moves, totals));
    }

    @Bean
    EventConsumer targetConsumer(
            EventConsumers consumers, Ledger ledger, Targets targets, PolicyMoves moves, Totals totals) {
        return consumers.consumer(
                Subscription.shared("c2p-targets", Topics.TARGETS.topic()).withPatience(PATIENCE),
                new TargetIntake(ledger, targets, moves, totals));
    }

    @Bean
    EventConsumer reportConsumer(EventConsumers consumers, Reports reports) {
        return consumers.consumer(
                Subscription.shared("c2p-reports", Topics.REPORTS.topic())
                        .withMaxBatch(500)
                        .withPatience(PATIENCE),
                new ReportIntake(reports));
    }

    @Bean(destroyMethod = "close")
    Rounds silenceRounds(Ledger ledger, Clusters clusters, Totals totals, C2pProperties properties, Clock clock) {
        return new Rounds(
                "silence",
                properties.sweepEvery(),
                new Silence(ledger, clusters, totals, properties.unknownAfter(), clock)::look);
    }

    @Bean
    MeterBinder parkedTargets(Targets targets) {
        return registry -> {
            Gauge.builder("edgemc.queue.size", targets, Targets::waiting)
                    .description("Items that wait")
                    .tag("queue", "c2p-parked-targets")
                    .register(registry);
            Gauge.builder("edgemc.queue.age", targets, Targets::oldestWaitingSeconds)
                    .description("Age of the oldest item that waits")
                    .baseUnit("seconds")
                    .tag("queue", "c2p-parked-targets")
                    .register(registry);
        };
    }
}
