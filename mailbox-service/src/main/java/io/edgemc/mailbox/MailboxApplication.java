package io.edgemc.mailbox;

import io.edgemc.door.spring.DoorConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Mailboxes of clusters: targets, delivery, the agent protocol, reported state. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(DoorConfiguration.class)
public class MailboxApplication {
    public static void main(String[] args) {
        application().run(args);
    }

    /** The application, not yet run. Its configuration file has a name of its own, since services may share a class path. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(MailboxApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "mailbox-service"));
        return application;
    }
}
