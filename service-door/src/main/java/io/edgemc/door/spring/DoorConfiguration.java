package io.edgemc.door.spring;

import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentityVerifier;
import io.edgemc.door.servlet.DoorFilter;
import io.edgemc.door.tomcat.ClientConnection;
import io.edgemc.door.tomcat.SmallBuffers;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * The door for a service that imports this class. Settings: {@code edge-mc.door.key-file} (or {@code edge-mc.door.key},
 * which the environment gives as {@code EDGE_MC_DOOR_KEY}), and {@code edge-mc.door.audience}, by default the
 * application's name.
 */
@Configuration(proxyBeanMethods = false)
public class DoorConfiguration {

    @Bean
    IdentityKeys identityKeys(
            @Value("${edge-mc.door.key-file:}") String file, @Value("${edge-mc.door.key:}") String key) {
        return file.isBlank() ? IdentityKeys.parse(key) : IdentityKeys.load(Path.of(file));
    }

    @Bean
    IdentityVerifier identityVerifier(
            IdentityKeys keys,
            @Value("${edge-mc.door.audience:${spring.application.name}}") String audience,
            ObjectProvider<Clock> clock) {
        return new IdentityVerifier(keys, audience, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    SmallBuffers smallBuffers() {
        return new SmallBuffers();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientConnections() {
        return factory -> factory.addEngineValves(new ClientConnection.Valve());
    }

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(IdentityVerifier verifier) {
        var registration = new FilterRegistrationBean<>(new DoorFilter(verifier));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        registration.addUrlPatterns("/*");
        return registration;
    }
}
