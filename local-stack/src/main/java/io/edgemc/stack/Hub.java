package io.edgemc.stack;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole hub in this JVM: PostgreSQL and Kafka as real servers, and all services. */
public final class Hub implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Hub.class);
    /** For a machine that is busy with other things. */
    private static final Duration READY_LIMIT = Duration.ofSeconds(240);

    private static final Duration READY_PAUSE = Duration.ofMillis(50);

    private final HubDirectory directory;
    private final DirectoryLock lock;
    private final HubServers servers;
    private final HubServices services;
    private final Map<String, String> urls;

    private Hub(
            HubDirectory directory,
            DirectoryLock lock,
            HubServers servers,
            HubServices services,
            Map<String, String> urls) {
        this.directory = directory;
        this.lock = lock;
        this.servers = servers;
        this.services = services;
        this.urls = urls;
    }

    /**
     * Starts a hub and waits until every service is ready. If it cannot, or is told to stop, what was started is stopped again.
     *
     * @param stopping asked between the steps; once true, the start is given up
     * @throws ServerFailure if the directory is in use or holds what this hub must not touch, a port is taken, a server does not
     *     start, or the start was given up
     * @throws IOException if the directory cannot be written
     * @throws IllegalStateException if a service does not start or does not become ready
     */
    public static Hub start(HubOptions options, BooleanSupplier stopping) throws IOException {
        HubDirectory directory = options.directory();
        DirectoryLock lock = DirectoryLock.take(directory.root());
        HubServers servers = null;
        HubServices services = null;
        try {
            DiskSpace.require(directory.root());
            ThrowAway.settle(directory, options.durable());
            HubKeys keys = new HubKeys(directory);
            keys.ensure();
            OwnerOnly.createDirectories(directory.logs());
            servers = HubServers.start(options, keys);
            goOnUnless(stopping);
            ServiceSettings settings = new ServiceSettings(options, keys, servers);
            services = HubServices.start(settings, servers.broker());
            Hub hub = new Hub(directory, lock, servers, services, new TreeMap<>(settings.urls()));
            hub.awaitReady(stopping);
            HubState.ofThisProcess(hub.urls).write(directory);
            return hub;
        } catch (RuntimeException | IOException | Error e) {
            try (lock;
                    HubServers startedServers = servers;
                    HubServices startedServices = services) {
                throw e;
            }
        }
    }

    /** Addresses by name: {@code gateway}, {@code agents}, {@code kafka}, {@code postgres} and each service. */
    public Map<String, String> urls() {
        return urls;
    }

    /** Stops the services, then the servers under them. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.state());
        } catch (IOException e) {
            log.warn("{} cannot be removed", directory.state(), e);
        }
        try {
            services.close();
        } finally {
            try {
                servers.close();
            } finally {
                lock.close();
            }
        }
    }

    private static void goOnUnless(BooleanSupplier stopping) {
        if (stopping.getAsBoolean()) {
            throw new ServerFailure(ServerFailure.Reason.INTERRUPTED, "it was told to stop while it started");
        }
    }

    /** Only a start waits so; nothing that is delivered does. */
    private void awaitReady(BooleanSupplier stopping) {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        for (List<String> waiting = services.notReady(); !waiting.isEmpty(); waiting = services.notReady()) {
            goOnUnless(stopping);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "not ready after " + READY_LIMIT.toSeconds() + " s: " + String.join("; ", waiting));
            }
            LockSupport.parkNanos(READY_PAUSE.toNanos());
        }
    }
}
