package io.edgemc.gateway;

import io.edgemc.gateway.entry.EntryConfiguration;
import io.edgemc.gateway.proxy.ProxyConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The one door for people and tools. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(GatewayProperties.class)
@Import({EntryConfiguration.class, ProxyConfiguration.class})
public class GatewayApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The application with its defaults, which lie in a file of its own: services may share a class path. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "gateway"));
        return application;
    }
}
