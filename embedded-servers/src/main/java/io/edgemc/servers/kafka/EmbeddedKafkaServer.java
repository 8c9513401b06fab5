package io.edgemc.servers.kafka;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.LoopbackPort;
import io.edgemc.servers.process.OwnerOnly;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and KRaft controller in this JVM, on 127.0.0.1 only, without authentication: for one machine and
 * one user. Topics are made explicitly. Thread-safe. Whoever starts it closes it, after its clients.
 */
public final class EmbeddedKafkaServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafkaServer.class);

    private final Path directory;
    private final int port;
    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafkaServer(Path directory, int port, KafkaRaftServer server, DirectoryLock lock) {
        this.directory = directory;
        this.port = port;
        this.server = server;
        this.lock = lock;
    }

    /**
     * Starts a broker and waits until it serves clients.
     *
     * @throws ServerFailure with the reason
     */
    public static EmbeddedKafkaServer start(KafkaOptions options) {
        long began = System.nanoTime();
        DirectoryLock lock = DirectoryLock.take(options.directory());
        try {
            EmbeddedKafkaServer server = start(options, lock);
            log.info(
                    "Kafka is ready on 127.0.0.1:{} after {} ms, data in {}",
                    server.port,
                    (System.nanoTime() - began) / 1_000_000,
                    options.directory());
            return server;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedKafkaServer start(KafkaOptions options, DirectoryLock lock) {
        Path directory = options.directory();
        Path logs = directory.resolve("logs");
        int brokerPort = LoopbackPort.choose(options.port());
        KafkaConfig config =
                new KafkaConfig(BrokerSettings.of(options, logs, brokerPort, LoopbackPort.choose(0)), false);
        format(logs);
        BrokerExits.watch(directory, FatalErrorListener.NONE);
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
        } catch (RuntimeException e) {
            BrokerExits.forget(directory);
            Optional.ofNullable(server).ifPresent(KafkaRaftServer::shutdown);
            throw new ServerFailure(Reason.DIED, "Kafka cannot start on " + directory + ": " + Causes.chain(e), e);
        }
        BrokerExits.watch(directory, options.fatalErrors());
        return new EmbeddedKafkaServer(directory, brokerPort, server, lock);
    }

    /** Gives the directory its cluster id and first metadata; leaves a formatted one alone. */
    private static void format(Path logs) {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            OwnerOnly.createDirectories(logs);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(logs.toString())
                    .addDirectory(logs.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) { // as Formatter.run() declares it
            throw unusable(logs, e);
        }
    }

    private static ServerFailure unusable(Path logs, Exception e) {
        return new ServerFailure(
                Reason.DIRECTORY_UNUSABLE, "Cannot prepare " + logs + " for Kafka: " + e.getMessage(), e);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** A new administrative client; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Shuts down cleanly: what is in memory goes to the disk. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (lock) {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            BrokerExits.forget(directory);
        }
    }
}
