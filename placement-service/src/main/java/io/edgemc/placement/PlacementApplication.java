package io.edgemc.placement;

import io.edgemc.bus.spring.BusConfiguration;
import io.edgemc.door.spring.DoorConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Spaces, inventory and placements: the truth of desired state. */
@SpringBootApplication
@Import({DoorConfiguration.class, BusConfiguration.class})
public class PlacementApplication {
    public static void main(String[] args) {
        application().run(args);
    }

    /** The application, not yet run. Its configuration file has a name of its own, since services may share a class path. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(PlacementApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "placement-service"));
        return application;
    }
}
