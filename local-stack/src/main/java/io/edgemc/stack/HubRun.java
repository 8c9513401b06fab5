package io.edgemc.stack;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one hub of a process: it can be told to stop at any time, also while it starts, and leaves nothing behind. */
final class HubRun {
    private static final Logger log = LoggerFactory.getLogger(HubRun.class);

    private final CompletableFuture<Hub> hub = new CompletableFuture<>();
    private volatile boolean stopping;

    /** Starts the hub, once; throws what {@link Hub#start} throws. */
    void start(HubOptions options) throws IOException {
        try {
            hub.complete(Hub.start(options, () -> stopping));
        } catch (RuntimeException | IOException | Error e) {
            hub.completeExceptionally(e);
            throw e;
        }
    }

    /** Stops the hub; one that is starting gives that up. Returns when nothing of it runs. */
    void stop() {
        stopping = true;
        Hub started;
        try {
            started = hub.join();
        } catch (CompletionException e) {
            log.debug("There is no hub to stop: its start has failed and cleaned up", e);
            return;
        }
        started.close();
    }
}
