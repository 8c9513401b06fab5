package io.edgemc.summarizer;

import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.Readiness;
import io.edgemc.summarizer.stream.SummaryStream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health: {@code stream} says whether rows are being computed, {@code caughtUp} whether what lay there at the start has been,
 * {@code rows} whether the query store has all of the public topic. Readiness asks for all three.
 */
@Configuration(proxyBeanMethods = false)
class SummarizerHealth {

    @Bean
    HealthIndicator streamHealthIndicator(SummaryStream stream) {
        return () -> health(stream.condition().up(), stream.condition().detail());
    }

    @Bean
    HealthIndicator caughtUpHealthIndicator(SummaryStream stream) {
        return () -> health(stream.condition().caughtUp(), stream.condition().detail());
    }

    @Bean
    HealthIndicator rowsHealthIndicator(EventConsumer rowReader) {
        return () -> {
            Readiness readiness = rowReader.readiness();
            return health(readiness.ready(), readiness.detail());
        };
    }

    private static Health health(boolean good, String detail) {
        return (good ? Health.up() : Health.down()).withDetail("state", detail).build();
    }
}
