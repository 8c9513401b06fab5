package io.edgemc.placement.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.Topics;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.DeadLetterGauges;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.Follower;
import io.edgemc.placement.desired.FindLiveContents;
import io.edgemc.placement.desired.PlacementConsequences;
import io.edgemc.placement.desired.ReportIntake;
import io.edgemc.placement.outbox.BusRelay;
import io.edgemc.placement.outbox.OutboxRow;
import io.edgemc.placement.outbox.OutboxSource;
import io.edgemc.placement.postgres.Compaction;
import io.edgemc.placement.postgres.ContentSweep;
import io.edgemc.placement.postgres.Pace;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.SpaceEngine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What leaves for the bus, what comes from it, and what is swept. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {
    private static final Duration REPORT_PATIENCE = Duration.ofMillis(50);
    private static final Duration COMPACT_EVERY = Duration.ofMinutes(5);
    private static final Duration LOOK_AT_DEAD_LETTERS_EVERY = Duration.ofSeconds(30);

    /** @param migrated makes sure that the tables are there */
    @Bean(destroyMethod = "close")
    Follower<OutboxRow> outboxRelay(
            DataSource database,
            Ledger migrated,
            CommitSignal commits,
            EventPublisher bus,
            MeterRegistry meters,
            Clock clock) {
        Follower<OutboxRow> relay = new Follower<>(
                "placement-outbox", database, commits, new OutboxSource(), new BusRelay(bus, meters, clock), clock);
        relay.measure(meters);
        return relay;
    }

    @Bean
    EventConsumer reportConsumer(
            EventConsumers consumers, SpaceEngine engine, PlacementConsequences placement, KeyRing keys) {
        return consumers.consumer(
                Subscription.shared("placement-reports", Topics.REPORTS.topic()).withPatience(REPORT_PATIENCE),
                new ReportIntake(engine, placement, keys));
    }

    /** Of the whole hub; one service shows them. */
    @Bean(destroyMethod = "close")
    DeadLetterGauges deadLetterGauges(BusSettings settings, MeterRegistry meters, Clock clock) {
        return new DeadLetterGauges(settings, Topics.DEAD_LETTERS.topic(), meters, clock, LOOK_AT_DEAD_LETTERS_EVERY);
    }

    @Bean(destroyMethod = "close")
    Sweeping compacting(
            DataSource database,
            Ledger migrated,
            Clock clock,
            @Value("${edge-mc.placement.version-retention:30m}") Duration retention) {
        Compaction compaction = new Compaction(database, retention, clock);
        return new Sweeping("compaction", COMPACT_EVERY, compaction::run);
    }

    @Bean
    ContentSweep contentSweep(
            DataSource database,
            SpaceEngine engine,
            PlacementConsequences placement,
            CommitSignal commits,
            Clock clock,
            @Value("${edge-mc.placement.content-grace:1h}") Duration grace) {
        return new ContentSweep(
                database,
                () -> {
                    FindLiveContents question = new FindLiveContents(placement);
                    engine.submit(question);
                    return question.found();
                },
                commits,
                grace,
                clock,
                new Pace());
    }

    @Bean(destroyMethod = "close")
    Sweeping contentSweeping(
            ContentSweep sweep,
            MeterRegistry meters,
            @Value("${edge-mc.placement.content-sweep-every:10m}") Duration every) {
        Counter withdrawn = Counter.builder("edgemc.contents.withdrawn")
                .description("Contents that were taken away since nothing needs them")
                .register(meters);
        return new Sweeping(
                "content-sweep", every, () -> withdrawn.increment(sweep.run().withdrawn()));
    }
}
