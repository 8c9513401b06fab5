package io.edgemc.c2p.view;

import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.ledger.Rounds;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.door.servlet.Caller;
import io.edgemc.door.spring.EndlessAnswers;
import io.edgemc.kube.servlet.KubeServlet;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Mounts the views. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {
    private static final Duration FORGET_EVERY = Duration.ofMinutes(5);

    @Bean(destroyMethod = "close")
    Advances viewAdvances(DataSource database, Ledger migrated, CommitSignal commits) {
        return new Advances(database, commits);
    }

    @Bean(destroyMethod = "close")
    ComplianceViews complianceViews(JdbcTemplate jdbc, Advances advances, Clock clock) {
        return new ComplianceViews(jdbc, advances, clock);
    }

    @Bean
    EndlessAnswers watchesOfViews(ComplianceViews views) {
        return new EndlessAnswers(views::endWatches);
    }

    @Bean
    ServletRegistrationBean<KubeServlet> kubeServlet(ComplianceViews views) {
        KubeServlet servlet = new KubeServlet(
                request -> views.find(request.getRequestURI()), request -> Reviewer.actor(Caller.of(request)));
        return new ServletRegistrationBean<>(
                servlet,
                "/c2p/api/*",
                "/c2p/apis/*",
                "/c2p/openapi/*",
                "/c2p/version",
                "/c2p/version/*",
                "/c2p/clusters/*");
    }

    @Bean(destroyMethod = "close")
    Rounds forgettingRounds(Ledger ledger, JdbcTemplate jdbc, Clock clock) {
        return new Rounds("forgetting", FORGET_EVERY, new Forgetting(ledger, jdbc, clock)::forget);
    }
}
