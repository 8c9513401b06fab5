package io.edgemc.mailbox.wiring;

import io.edgemc.api.content.KeyRing;
import io.edgemc.door.servlet.Caller;
import io.edgemc.door.spring.EndlessAnswers;
import io.edgemc.kube.servlet.KubeServlet;
import io.edgemc.kube.store.Actor;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.content.SeenKinds;
import io.edgemc.mailbox.delivery.Differences;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.view.MailboxViews;
import io.edgemc.mailbox.view.ViewSignal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The views of mailboxes, behind the door. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {
    @Bean
    ViewSignal viewSignal(Ledger ledger) {
        return new ViewSignal(ledger);
    }

    @Bean
    SeenKinds seenKinds(Ledger ledger) {
        return new SeenKinds(ledger);
    }

    @Bean(destroyMethod = "close")
    MailboxViews mailboxViews(
            JdbcTemplate jdbc,
            MailboxIndex index,
            Differences differences,
            ContentStore contents,
            SeenKinds kinds,
            KeyRing keys,
            ViewSignal signal) {
        return new MailboxViews(jdbc, index, differences, contents, kinds, keys, signal);
    }

    @Bean
    EndlessAnswers watchesOfViews(MailboxViews views) {
        return new EndlessAnswers(views::endWatches);
    }

    @Bean
    ServletRegistrationBean<KubeServlet> clusterViews(MailboxViews views) {
        KubeServlet servlet = new KubeServlet(request -> views.find(request.getRequestURI()), ViewConfiguration::actor);
        return new ServletRegistrationBean<>(servlet, "/clusters/*");
    }

    private static Actor actor(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        return new Actor(caller.user(), caller.groups(), caller.requestId(), caller.traceparent());
    }
}
