package io.edgemc.c2p;

import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.Readiness;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.definition.Definitions;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.ledger.ServedObjects;
import io.edgemc.c2p.normalise.ReportNormaliser;
import io.edgemc.c2p.placed.Contents;
import io.edgemc.c2p.placed.Placements;
import io.edgemc.c2p.report.Reports;
import io.edgemc.c2p.report.Servings;
import io.edgemc.c2p.settings.C2pProperties;
import io.edgemc.c2p.total.Tallies;
import io.edgemc.c2p.total.Totals;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.ReplicaListener;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what all features share. */
@Configuration(proxyBeanMethods = false)
class C2pConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    CommitSignal commitSignal() {
        return new CommitSignal();
    }

    @Bean
    Ledger ledger(JdbcTemplate jdbc, PlatformTransactionManager transactions, CommitSignal commits) {
        return new Ledger(jdbc, new TransactionTemplate(transactions), commits);
    }

    @Bean(destroyMethod = "close")
    ReplicaListener replicaListener(DataSource database, Ledger migrated, CommitSignal commits) {
        return new ReplicaListener(database, commits);
    }

    @Bean
    Clusters clusters(JdbcTemplate jdbc) {
        return new Clusters(jdbc);
    }

    @Bean
    ServedObjects servedObjects(JdbcTemplate jdbc) {
        return new ServedObjects(jdbc);
    }

    @Bean
    Contents contents(JdbcTemplate jdbc) {
        return new Contents(jdbc);
    }

    @Bean
    Placements placements(JdbcTemplate jdbc) {
        return new Placements(jdbc);
    }

    @Bean
    Tallies tallies(JdbcTemplate jdbc) {
        return new Tallies(jdbc);
    }

    @Bean
    Totals totals(JdbcTemplate jdbc, Clusters clusters, Tallies tallies) {
        return new Totals(jdbc, clusters, tallies);
    }

    @Bean
    Servings servings(JdbcTemplate jdbc, Placements placements, C2pProperties properties) {
        return new Servings(jdbc, placements, new ReportNormaliser(properties.normalRules()));
    }

    @Bean
    Reports reports(
            Ledger ledger, Clusters clusters, Servings servings, Totals totals, C2pProperties properties, Clock clock) {
        return new Reports(ledger, clusters, servings, totals, properties.unknownAfter(), clock);
    }

    @Bean
    Definitions definitions(JdbcTemplate jdbc, Ledger ledger, Totals totals, Clock clock) {
        return new Definitions(jdbc, ledger, totals, clock);
    }

    @Bean
    HealthIndicator complianceReadinessHealthIndicator(List<EventConsumer> consumers) {
        return () -> {
            Health.Builder health = Health.up();
            for (EventConsumer consumer : consumers) {
                Readiness readiness = consumer.readiness();
                health.withDetail(consumer.name(), readiness.detail());
                if (!readiness.ready()) {
                    health.outOfService();
                }
            }
            return health.build();
        };
    }
}
