package io.edgemc.mailbox.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.ReplicaListener;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.content.ContentSweep;
import io.edgemc.mailbox.delivery.Deliveries;
import io.edgemc.mailbox.delivery.Differences;
import io.edgemc.mailbox.delivery.Holdings;
import io.edgemc.mailbox.delivery.Targets;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.postbox.Mailboxes;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What this service knows, in PostgreSQL and in memory. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {
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
    CommitSignal commitSignal() {
        return new CommitSignal();
    }

    @Bean
    Ledger ledger(JdbcTemplate jdbc, PlatformTransactionManager transactions, CommitSignal commits) {
        return new Ledger(jdbc, new TransactionTemplate(transactions), commits);
    }

    /** On a connection outside the pool, which it holds for good. */
    @Bean
    ReplicaListener replicaListener(JdbcConnectionDetails database, Ledger migrated, CommitSignal commits) {
        DriverManagerDataSource own = new DriverManagerDataSource(database.getJdbcUrl());
        own.setUsername(database.getUsername());
        own.setPassword(database.getPassword());
        return new ReplicaListener(own, commits);
    }

    @Bean
    MailboxIndex mailboxIndex(JdbcTemplate jdbc) {
        return new MailboxIndex(jdbc);
    }

    @Bean
    Mailboxes mailboxes(Ledger ledger, Clock clock) {
        return new Mailboxes(ledger, clock);
    }

    @Bean
    ContentStore contentStore(JdbcTemplate jdbc, Clock clock) {
        return new ContentStore(jdbc, clock);
    }

    @Bean
    ContentSweep contentSweep(JdbcTemplate jdbc, ContentStore contents, Clock clock, MailboxSettings settings) {
        return new ContentSweep(jdbc, contents, clock, settings.contentGrace());
    }

    @Bean
    Differences differences(ContentStore contents) {
        return new Differences(contents);
    }

    @Bean
    Deliveries deliveries(Differences differences, ContentStore contents, KeyRing keys) {
        return new Deliveries(differences, contents, keys);
    }

    @Bean
    Holdings holdings(JdbcTemplate jdbc, Deliveries deliveries) {
        return new Holdings(jdbc, deliveries);
    }

    @Bean
    Targets targets(Ledger ledger, ContentStore contents, Differences differences, MailboxIndex index, Clock clock) {
        return new Targets(ledger, contents, differences, index, clock);
    }
}
