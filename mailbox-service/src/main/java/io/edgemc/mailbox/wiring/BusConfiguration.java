package io.edgemc.mailbox.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.Topics;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.bus.topic.HubTopics;
import io.edgemc.bus.topic.TopicProvisioner;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.Follower;
import io.edgemc.mailbox.content.ContentIntake;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.content.SeenKinds;
import io.edgemc.mailbox.delivery.TargetIntake;
import io.edgemc.mailbox.delivery.Targets;
import io.edgemc.mailbox.enrol.Credentials;
import io.edgemc.mailbox.postbox.InventoryIntake;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.Mailboxes;
import io.edgemc.mailbox.report.ClusterReports;
import io.edgemc.mailbox.report.DepartedReports;
import io.edgemc.mailbox.report.ReportIntake;
import io.edgemc.mailbox.report.ReportLog;
import io.edgemc.mailbox.report.ReportedObjects;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What comes from the bus and what goes there. */
@Configuration(proxyBeanMethods = false)
class BusConfiguration {
    private static final Duration REPORT_PATIENCE = Duration.ofMillis(20);
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    BusSettings busSettings(
            @Value("${edge-mc.kafka.bootstrap-servers}") String servers,
            @Value("${edge-mc.kafka.instance:}") String instance) {
        return BusSettings.of(servers, "mailbox-service")
                .withInstance(instance.isBlank() ? null : instance)
                .withPublishTimeout(REPORT_TIMEOUT);
    }

    @Bean(destroyMethod = "close")
    EventPublisher eventPublisher(
            BusSettings settings,
            @Value("${edge-mc.bus.partitions:6}") int partitions,
            @Value("${edge-mc.bus.replicas:1}") int replicas) {
        new TopicProvisioner(settings).provision(HubTopics.specs(partitions, replicas));
        return new KafkaEventPublisher(settings);
    }

    @Bean
    EventConsumers eventConsumers(BusSettings settings, EventPublisher publisher, MeterRegistry meters, Clock clock) {
        return new EventConsumers(settings, publisher, Topics.DEAD_LETTERS.topic(), meters, clock);
    }

    @Bean
    ReportLog reportLog(EventPublisher publisher, KeyRing keys, Clock clock) {
        return new ReportLog(publisher, keys, clock, REPORT_TIMEOUT);
    }

    @Bean
    ReportedObjects reportedObjects(Ledger ledger, ReportLog log, SeenKinds kinds, Clock clock) {
        return new ReportedObjects(ledger, log, kinds, clock);
    }

    @Bean
    DepartedReports departedReports(JdbcTemplate jdbc, ReportLog log, Clock clock) {
        return new DepartedReports(jdbc, log, clock);
    }

    @Bean
    TargetIntake targetIntake(Targets targets) {
        return new TargetIntake(targets);
    }

    @Bean
    EventConsumer inventoryConsumer(
            EventConsumers consumers,
            Ledger ledger,
            Mailboxes mailboxes,
            Credentials credentials,
            DepartedReports departed,
            TargetIntake targets) {
        return consumers.consumer(
                Subscription.shared("mailbox-inventory", Topics.INVENTORY.topic()),
                new InventoryIntake(ledger, mailboxes, credentials, departed::takeBack, targets::mailboxesArrived));
    }

    @Bean
    EventConsumer contentConsumer(
            EventConsumers consumers, Ledger ledger, ContentStore contents, SeenKinds kinds, TargetIntake targets) {
        return consumers.consumer(
                Subscription.shared("mailbox-content", Topics.CONTENT.topic()),
                new ContentIntake(ledger, contents, kinds, targets::contentsArrived));
    }

    @Bean
    EventConsumer targetConsumer(EventConsumers consumers, TargetIntake targets) {
        return consumers.consumer(
                Subscription.shared("mailbox-targets", Topics.TARGETS.topic()).withMaxBatch(2_000), targets);
    }

    @Bean
    EventConsumer reportConsumer(EventConsumers consumers, ReportedObjects reported, ReportLog log) {
        return consumers.consumer(
                Subscription.shared("mailbox-reports", Topics.REPORTS.topic())
                        .withMaxBatch(2_000)
                        .withPatience(REPORT_PATIENCE),
                new ReportIntake(reported, log));
    }

    @Bean(destroyMethod = "close")
    Follower<ClusterReport> clusterReportRelay(
            DataSource database,
            Ledger migrated,
            CommitSignal commits,
            EventPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        ClusterReports reports = new ClusterReports(publisher, clock);
        Follower<ClusterReport> relay =
                new Follower<>(ClusterReports.RELAY, database, commits, reports, reports, clock);
        relay.measure(meters);
        return relay;
    }
}
