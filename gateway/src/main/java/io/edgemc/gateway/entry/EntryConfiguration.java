package io.edgemc.gateway.entry;

import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.gateway.GatewayProperties;
import io.edgemc.gateway.access.Authorizer;
import io.edgemc.gateway.audit.AnonymousRefusals;
import io.edgemc.gateway.audit.AuditFile;
import io.edgemc.gateway.audit.AuditLog;
import io.edgemc.gateway.follow.SystemClient;
import io.edgemc.gateway.follow.SystemFollower;
import io.edgemc.gateway.identity.BearerTokens;
import io.edgemc.gateway.limit.UserLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What a request meets first, and what that needs. */
@Configuration(proxyBeanMethods = false)
public class EntryConfiguration {
    private static final int ANONYMOUS_PER_SECOND = 20;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    IdentitySigner identitySigner(
            @Value("${edge-mc.door.key-file:}") String file, @Value("${edge-mc.door.key:}") String key, Clock clock) {
        return new IdentitySigner(file.isBlank() ? IdentityKeys.parse(key) : IdentityKeys.load(Path.of(file)), clock);
    }

    @Bean
    SystemFollower systemFollower(HttpClient http, GatewayProperties properties, IdentitySigner signer) {
        return new SystemFollower(new SystemClient(http, properties.services().requirePlacement(), signer));
    }

    @Bean
    AuditLog auditLog(GatewayProperties properties) {
        GatewayProperties.Audit audit = properties.audit();
        return new AuditLog(new AuditFile(
                properties.auditDir().resolve("audit.jsonl"), audit.maxSize().toBytes(), audit.keep()));
    }

    /** Beside the other, so that no flood of unknown callers pushes what known users did out of it. */
    @Bean(defaultCandidate = false)
    @Qualifier("anonymous")
    AuditLog anonymousLog(GatewayProperties properties) {
        return new AuditLog(new AuditFile(
                properties.auditDir().resolve("anonymous.jsonl"),
                properties.audit().maxSize().toBytes(),
                1));
    }

    @Bean
    MeterBinder auditMeters(AuditLog audit, Clock clock) {
        return meters -> {
            Gauge.builder(
                            "edgemc.queue.age",
                            audit,
                            log -> log.age(clock.instant()).toMillis() / 1_000.0)
                    .description("Age of the oldest item that waits")
                    .baseUnit("seconds")
                    .tag("queue", "gateway-audit")
                    .register(meters);
            Gauge.builder("edgemc.queue.size", audit, AuditLog::waiting)
                    .description("Items that wait")
                    .tag("queue", "gateway-audit")
                    .register(meters);
        };
    }

    @Bean
    ReadinessReasons readinessReasons(SystemFollower follower, AuditLog audit) {
        return new ReadinessReasons(follower, audit);
    }

    @Bean
    ReadinessAnnouncer readinessAnnouncer(ApplicationContext context, SystemFollower follower) {
        return new ReadinessAnnouncer(context, follower);
    }

    /** For Boot's readiness group. */
    @Bean
    HealthIndicator gateHealthIndicator(ReadinessReasons reasons) {
        return () -> {
            String notReady = reasons.get();
            return notReady.isEmpty()
                    ? Health.up().build()
                    : Health.outOfService().withDetail("reason", notReady).build();
        };
    }

    @Bean
    FilterRegistrationBean<GateFilter> gateFilter(
            GatewayProperties properties,
            SystemFollower follower,
            AuditLog audit,
            @Qualifier("anonymous") AuditLog anonymous,
            ReadinessReasons reasons,
            Clock clock,
            @Value("${edge-mc.version:0.1.0}") String version) {
        Gate gate = new Gate(
                new BearerTokens(properties.tokensFile(), clock),
                new Authorizer(follower::state, properties.adminGroups()),
                properties.maxBody().toBytes());
        GateFilter filter = new GateFilter(
                gate,
                new PublicPaths(reasons, version),
                new UserLimits(properties.perUser().limits(), properties.allStreams()),
                audit,
                new AuditTrail(audit, new AnonymousRefusals(anonymous, ANONYMOUS_PER_SECOND, clock), clock),
                new Reviews());
        FilterRegistrationBean<GateFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.addUrlPatterns("/*");
        return registration;
    }
}
