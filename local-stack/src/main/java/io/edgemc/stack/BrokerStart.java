package io.edgemc.stack;

import io.edgemc.servers.kafka.EmbeddedKafkaServer;
import io.edgemc.servers.kafka.KafkaOptions;
import io.edgemc.servers.process.LoopbackPort;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The broker, from the moment it begins to start. Its address is known at once, so that services can load while it starts: after a
 * crash it waits some seconds for the session of its predecessor to end.
 */
final class BrokerStart implements AutoCloseable {
    private final String bootstrapServers;
    /** Of nothing where the broker runs elsewhere. */
    private final CompletableFuture<Optional<EmbeddedKafkaServer>> started;

    private BrokerStart(String bootstrapServers, CompletableFuture<Optional<EmbeddedKafkaServer>> started) {
        this.bootstrapServers = bootstrapServers;
        this.started = started;
    }

    /** Starts one, unless the hub uses one that runs elsewhere. */
    static BrokerStart begin(HubOptions options) {
        return options.broker()
                .map(elsewhere -> new BrokerStart(elsewhere, CompletableFuture.completedFuture(Optional.empty())))
                .orElseGet(() -> beginOwn(options));
    }

    private static BrokerStart beginOwn(HubOptions options) {
        int port = LoopbackPort.choose(0);
        KafkaOptions kafka = options.durable()
                ? KafkaOptions.durable(options.directory().kafka())
                : KafkaOptions.fast(options.directory().kafka());
        return new BrokerStart(
                "127.0.0.1:" + port,
                CompletableFuture.supplyAsync(() -> Optional.of(EmbeddedKafkaServer.start(kafka.withPort(port)))));
    }

    /** For {@code bootstrap.servers}; nobody may answer there yet. */
    String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Waits until it serves clients.
     *
     * @throws io.edgemc.servers.ServerFailure if it cannot
     */
    void await() {
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Stops it, unless it runs elsewhere; one that is still starting is stopped when it has started. */
    @Override
    public void close() {
        started.handle((broker, failure) -> {
                    if (broker != null) {
                        broker.ifPresent(EmbeddedKafkaServer::close);
                    }
                    return broker;
                })
                .join();
    }
}
