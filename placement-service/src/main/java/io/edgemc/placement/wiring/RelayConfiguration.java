package io.edgemc.placement.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.Topics;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.Follower;
import io.edgemc.placement.desired.PlacementConsequences;
import io.edgemc.placement.desired.ReportIntake;
import io.edgemc.placement.outbox.BusRelay;
import io.edgemc.placement.outbox.OutboxRow;
import io.edgemc.placement.outbox.OutboxSource;
import io.edgemc.placement.postgres.Compaction;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.SpaceEngine;
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
                Subscription.shared("placement-reports", Topics.REPORTS.topic()),
                new ReportIntake(engine, placement, keys));
    }

    @Bean(destroyMethod = "close")
    Sweeping sweeping(
            DataSource database,
            Ledger migrated,
            Clock clock,
            @Value("${edge-mc.placement.version-retention:30m}") Duration retention) {
        return new Sweeping(new Compaction(database, retention, clock));
    }
}
