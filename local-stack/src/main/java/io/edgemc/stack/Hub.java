package io.edgemc.stack;

import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
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
     * Starts a hub and waits until every service is ready.
     *
     * @throws io.edgemc.servers.ServerFailure if the directory is in use, a port is taken, or a server does not start
     * @throws IOException if the directory cannot be written
     * @throws IllegalStateException if a service does not start or does not become ready
     */
    public static Hub start(HubOptions options) throws IOException {
        HubDirectory directory = options.directory();
        DirectoryLock lock = DirectoryLock.take(directory.root());
        HubServers servers = null;
        HubServices services = null;
        try {
            HubKeys keys = new HubKeys(directory);
            keys.ensure();
            OwnerOnly.createDirectories(directory.logs());
            servers = HubServers.start(options, keys);
            ServiceSettings settings = new ServiceSettings(options, keys, servers);
            services = HubServices.start(settings, servers.broker());
            Hub hub = new Hub(directory, lock, servers, services, new TreeMap<>(settings.urls()));
            hub.awaitReady();
            new HubState(ProcessHandle.current().pid(), true, hub.urls).write(directory);
            return hub;
        } catch (RuntimeException | IOException | Error e) {
            if (services != null) {
                services.close();
            }
            if (servers != null) {
                servers.close();
            }
            lock.close();
            throw e;
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

    /** Only a start waits so; nothing that is delivered does. */
    private void awaitReady() {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        for (List<String> waiting = services.notReady(); !waiting.isEmpty(); waiting = services.notReady()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "not ready after " + READY_LIMIT.toSeconds() + " s: " + String.join("; ", waiting));
            }
            LockSupport.parkNanos(READY_PAUSE.toNanos());
        }
    }
}
