package io.edgemc.stack;

import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Sets logging up once for the whole process, as JSON lines. The services find it done; each doing it by itself, at the same time,
 * would print every line several times.
 */
final class HubLogging {
    /** What libraries say while all is well. */
    private static final List<String> QUIET = List.of(
            "org.apache.kafka",
            "org.springframework",
            "org.apache.coyote",
            "org.apache.catalina",
            "org.flywaydb",
            "com.zaxxer",
            "kafka",
            "state.change.logger",
            "io.zonky");

    private HubLogging() {}

    static void start() {
        LoggingSystem logging = LoggingSystem.get(HubLogging.class.getClassLoader());
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "hub-logging", java.util.Map.of("logging.structured.format.console", "logstash")));
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        QUIET.forEach(logger -> logging.setLogLevel(logger, LogLevel.WARN));
        // From here on the services leave it alone.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }
}
