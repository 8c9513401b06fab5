package io.edgemc.stack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The services of a local hub, each a Spring application of its own in this JVM. */
final class HubServices implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HubServices.class);

    private final Map<HubService, ConfigurableApplicationContext> contexts;

    private HubServices(Map<HubService, ConfigurableApplicationContext> contexts) {
        this.contexts = contexts;
    }

    /**
     * Starts all services at the same time, while the broker may be starting still; if one cannot start, the others are stopped and
     * its error is thrown.
     */
    static HubServices start(ServiceSettings settings, BrokerStart broker) {
        Map<HubService, CompletableFuture<ConfigurableApplicationContext>> starting = new EnumMap<>(HubService.class);
        for (HubService service : HubService.values()) {
            CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
            starting.put(service, started);
            Thread.ofPlatform().name("start-" + service.label()).start(() -> {
                try {
                    started.complete(run(service, settings, broker));
                } catch (RuntimeException | Error e) {
                    started.completeExceptionally(e);
                }
            });
        }
        Map<HubService, ConfigurableApplicationContext> contexts = new EnumMap<>(HubService.class);
        List<RuntimeException> failures = new ArrayList<>();
        starting.forEach((service, context) -> {
            try {
                contexts.put(service, context.join());
            } catch (CompletionException e) {
                failures.add(new IllegalStateException(service.label() + " does not start", e.getCause()));
            }
        });
        HubServices services = new HubServices(contexts);
        if (!failures.isEmpty()) {
            services.close();
            // If it could not start, that is the reason to tell.
            broker.await();
            failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
            throw failures.getFirst();
        }
        return services;
    }

    private static ConfigurableApplicationContext run(
            HubService service, ServiceSettings settings, BrokerStart broker) {
        long began = System.nanoTime();
        SpringApplication application = service.application();
        application.setRegisterShutdownHook(false);
        application.addInitializers(new AwaitedBroker(broker));
        ConfigurableApplicationContext context = application.run(settings.of(service));
        log.info("{} is up after {} ms", service.label(), (System.nanoTime() - began) / 1_000_000);
        return context;
    }

    /** The services that are not ready yet, each with what it waits for. */
    List<String> notReady() {
        List<String> waiting = new ArrayList<>();
        contexts.forEach((service, context) -> {
            HealthDescriptor health = context.getBean(HealthEndpoint.class).healthForPath("readiness");
            if (health == null || !Status.UP.equals(health.getStatus())) {
                waiting.add(service.label() + " " + describe(health));
            }
        });
        return waiting;
    }

    private static String describe(@Nullable HealthDescriptor health) {
        if (health instanceof CompositeHealthDescriptor parts) {
            List<String> down = new ArrayList<>();
            Map<String, HealthDescriptor> components = Objects.requireNonNullElse(parts.getComponents(), Map.of());
            components.forEach((name, part) -> {
                if (!Status.UP.equals(part.getStatus())) {
                    down.add(name);
                }
            });
            return String.join(", ", down);
        }
        return health == null ? "has no readiness" : health.getStatus().toString();
    }

    /** Stops the services: the door first, so that nothing new comes in while the others, all at once, finish their work. */
    @Override
    public void close() {
        stop(HubService.GATEWAY);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("stop-service-", 0).factory())) {
            contexts.keySet().forEach(service -> threads.execute(() -> stop(service)));
        }
    }

    private void stop(HubService service) {
        ConfigurableApplicationContext context = contexts.get(service);
        if (context != null && context.isActive()) {
            long began = System.nanoTime();
            context.close();
            log.info("{} stopped after {} ms", service.label(), (System.nanoTime() - began) / 1_000_000);
        }
    }
}
