package io.edgemc.syncer.config;

import io.edgemc.api.content.Digest;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Failure;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The configuration of the moment, as the accepted target has it. Thread-safe. */
public final class SyncerConfigs {
    private static final Logger log = LoggerFactory.getLogger(SyncerConfigs.class);

    private final EdgeState state;
    private volatile SyncerConfig current = SyncerConfig.DEFAULT;

    public SyncerConfigs(EdgeState state) {
        this.state = state;
        reload();
    }

    public SyncerConfig current() {
        return current;
    }

    /** Reads the entry anew. One that does not parse leaves the configuration as it was, and is an exception at the hub. */
    public void reload() {
        Optional<Held> held = state.find(SyncerConfig.KEY);
        Digest digest = held.map(Held::content).orElse(null);
        try {
            if (digest == null) {
                current = SyncerConfig.DEFAULT;
                settle(held, Held::released);
                return;
            }
            Optional<ObjectNode> content = state.contents().find(digest);
            if (content.isEmpty()) {
                throw new IllegalArgumentException("its content is not here");
            }
            current = SyncerConfig.parse(content.get());
            settle(held, Held::released);
        } catch (IllegalArgumentException e) {
            log.atWarn().addKeyValue("reason", String.valueOf(e.getMessage())).log("the configuration is not usable");
            settle(
                    held,
                    now -> now.failed(new Failure(
                            "invalid",
                            String.valueOf(e.getMessage()),
                            false,
                            Instant.now().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void settle(Optional<Held> held, java.util.function.UnaryOperator<Held> change) {
        if (held.isPresent()) {
            try {
                state.update(held.get(), change);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
