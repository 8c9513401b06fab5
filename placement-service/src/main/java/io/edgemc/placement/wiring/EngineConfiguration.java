package io.edgemc.placement.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.ReplicaListener;
import io.edgemc.kube.view.ViewLimits;
import io.edgemc.placement.desired.Housekeeping;
import io.edgemc.placement.desired.PlacementConsequences;
import io.edgemc.placement.postgres.PostgresContents;
import io.edgemc.placement.postgres.PostgresLedger;
import io.edgemc.placement.resolve.PlacementModel;
import io.edgemc.placement.resolve.StoredContent;
import io.edgemc.placement.space.EngineLimits;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.SpaceEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The engine and what it stands on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpaceQuotaSettings.class)
class EngineConfiguration {
    private static final long CONTENT_CACHE_BYTES = 16L << 20;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    KeyRing keyRing(@Value("${edge-mc.keyring.value:}") String lines, @Value("${edge-mc.keyring.file:}") String file)
            throws IOException {
        return KeyRing.configured(lines, file);
    }

    @Bean
    ViewLimits limitsOfSpaces(SpaceQuotaSettings quota) {
        return quota.atATime();
    }

    @Bean
    CommitSignal commitSignal() {
        return new CommitSignal();
    }

    /** @param migrated makes sure that the tables are there */
    @Bean
    Ledger ledger(DataSource database, KeyRing keys, CommitSignal commits, FlywayMigrationInitializer migrated) {
        return new PostgresLedger(database, keys, commits);
    }

    @Bean
    StoredContent storedContent(DataSource database) {
        return new PostgresContents(database, CONTENT_CACHE_BYTES);
    }

    @Bean
    PlacementConsequences placementConsequences(StoredContent contents, KeyRing keys) {
        return new PlacementConsequences(stored -> new PlacementModel(stored, keys), contents);
    }

    @Bean(destroyMethod = "close")
    SpaceEngine spaceEngine(
            Ledger ledger,
            PlacementConsequences placement,
            CommitSignal commits,
            Clock clock,
            SpaceQuotaSettings quota,
            MeterRegistry meters) {
        SpaceEngine engine =
                new SpaceEngine(ledger, placement, commits, EngineLimits.DEFAULT.withQuota(quota.held()), clock);
        engine.observe(TraceLines::committed);
        TimeGauge.builder(
                        "edgemc.queue.age",
                        engine,
                        TimeUnit.MILLISECONDS,
                        one -> one.queueAge().toMillis())
                .description("Age of the oldest item that waits")
                .tag("queue", "placement-writes")
                .register(meters);
        Gauge.builder("edgemc.queue.size", engine, SpaceEngine::queueSize)
                .description("Items that wait")
                .tag("queue", "placement-writes")
                .register(meters);
        return engine;
    }

    @Bean(destroyMethod = "close")
    Housekeeping housekeeping(SpaceEngine engine, PlacementConsequences placement) {
        return new Housekeeping(engine, placement);
    }

    /** On a connection outside the pool, which it holds for good. */
    @Bean(destroyMethod = "close")
    ReplicaListener replicaListener(JdbcConnectionDetails database, SpaceEngine engine, CommitSignal commits) {
        DriverManagerDataSource own = new DriverManagerDataSource(database.getJdbcUrl());
        own.setUsername(database.getUsername());
        own.setPassword(database.getPassword());
        commits.listen(engine::refresh);
        return new ReplicaListener(own, commits);
    }
}
