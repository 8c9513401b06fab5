package io.edgemc.c2p;

import io.edgemc.bus.spring.BusConfiguration;
import io.edgemc.door.spring.DoorConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The compliance view: reports in, states, totals and Kubernetes views out. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({BusConfiguration.class, DoorConfiguration.class})
public class C2pApplication {
    public static void main(String[] args) {
        application().run(args);
    }

    /** The application, not yet run. Its configuration file has a name of its own, since services may share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(C2pApplication.class).properties("spring.config.name=c2p-adapter");
    }

    /** The same, built. */
    public static SpringApplication application() {
        return builder().build();
    }
}
