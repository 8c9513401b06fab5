package io.edgemc.placement.rest;

import io.edgemc.changelog.CommitSignal;
import io.edgemc.door.servlet.Caller;
import io.edgemc.door.spring.EndlessAnswers;
import io.edgemc.kube.servlet.KubeServlet;
import io.edgemc.kube.view.ViewLimits;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.SpaceEngine;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mounts the views. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {
    @Bean
    HubViews hubViews(SpaceEngine engine, Ledger ledger, CommitSignal commits, ViewLimits limitsOfSpaces) {
        return new HubViews(engine, ledger, commits, limitsOfSpaces);
    }

    @Bean
    EndlessAnswers watchesOfViews(HubViews views) {
        return new EndlessAnswers(views::endWatches);
    }

    @Bean
    ServletRegistrationBean<KubeServlet> kubeServlet(HubViews views) {
        ViewPaths paths = new ViewPaths(views);
        KubeServlet servlet = new KubeServlet(
                request -> paths.find(request.getRequestURI()), request -> RoleReviewer.actor(Caller.of(request)));
        return new ServletRegistrationBean<>(servlet, "/spaces/*", "/inventory/*", "/system/*");
    }
}
