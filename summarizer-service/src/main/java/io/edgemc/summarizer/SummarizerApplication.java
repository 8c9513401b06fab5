package io.edgemc.summarizer;

import io.edgemc.bus.spring.BusConfiguration;
import io.edgemc.door.spring.DoorConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Keeps the summaries: computes their rows, publishes them, and answers for them. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({BusConfiguration.class, DoorConfiguration.class})
public class SummarizerApplication {
    public static void main(String[] args) {
        application().run(args);
    }

    /** The application with its defaults, which lie in a file of its own: services may share a class path. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(SummarizerApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "summarizer-service"));
        return application;
    }
}
