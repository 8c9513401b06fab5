package io.edgemc.servers.kafka;

import io.edgemc.servers.kafka.FatalErrorListener.FatalError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's answer to an error that it cannot survive is to end the JVM, often without a word on the console. Here that
 * goes through {@link Exit}, whose procedures belong to the JVM and not to a broker: one registry for all of them.
 */
final class BrokerExits {
    private static final Logger log = LoggerFactory.getLogger(BrokerExits.class);
    private static final Map<Path, FatalErrorListener> BROKERS = new ConcurrentHashMap<>();

    static {
        Exit.setExitProcedure(BrokerExits::onExit);
        Exit.setHaltProcedure(BrokerExits::onExit);
    }

    private BrokerExits() {}

    static void watch(Path directory, FatalErrorListener listener) {
        BROKERS.put(directory, listener);
    }

    static void forget(Path directory) {
        BROKERS.remove(directory);
    }

    private static void onExit(int status, @Nullable String reason) {
        List<String> messages = new ArrayList<>();
        BROKERS.forEach((directory, listener) -> {
            FatalError error = new FatalError(status, describe(status, reason, directory));
            messages.add(error.message());
            log.error("{}", error.message());
            // A logger may be configured away, or write to the disk that has just become full.
            System.err.println(error.message());
            listener.onFatalError(error);
        });
        // The caller relies on not coming back.
        throw new BrokerEnded(String.join("\n", messages));
    }

    private static String describe(int status, @Nullable String reason, Path directory) {
        return "The Kafka broker with its data in " + directory + " cannot go on (status " + status
                + (reason == null ? "" : ", " + reason) + "). " + space(directory)
                + " The lines of the log before this one have its own words. What was acknowledged is kept;"
                + " start again once the cause is gone.";
    }

    private static String space(Path directory) {
        try {
            long megabytes = Files.getFileStore(directory).getUsableSpace() >> 20;
            return megabytes < 64
                    ? "The disk is full: " + megabytes + " MB are left there."
                    : megabytes + " MB are left on its disk.";
        } catch (IOException e) {
            return "The directory cannot be read: " + e.getMessage() + ".";
        }
    }

    /** Unwinds the broker's thread that asked for the end. */
    static final class BrokerEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerEnded(String message) {
            super(message);
        }
    }
}
