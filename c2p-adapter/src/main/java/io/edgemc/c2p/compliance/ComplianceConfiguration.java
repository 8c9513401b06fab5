package io.edgemc.c2p.compliance;

import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.Follower;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The relay of transitions. */
@Configuration(proxyBeanMethods = false)
class ComplianceConfiguration {
    @Bean(destroyMethod = "close")
    Follower<Transition> complianceRelay(
            DataSource database,
            Ledger migrated,
            CommitSignal commits,
            EventPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        Transitions transitions = new Transitions(publisher, clock);
        Follower<Transition> relay =
                new Follower<>(Transitions.RELAY, database, commits, transitions, transitions, clock);
        relay.measure(meters);
        return relay;
    }
}
