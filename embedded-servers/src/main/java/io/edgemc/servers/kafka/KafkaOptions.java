package io.edgemc.servers.kafka;

import java.nio.file.Path;

/**
 * How to run a Kafka broker.
 *
 * @param directory holds the logs; survives stop and crash; made (owner only) where absent
 * @param port of the broker on 127.0.0.1; 0 for any free one
 * @param durability what a crash of the machine may cost
 * @param fatalErrors told of an error after which the broker cannot go on
 */
public record KafkaOptions(Path directory, int port, Durability durability, FatalErrorListener fatalErrors) {
    /** A crash of the JVM alone loses nothing in either mode: what the broker has written is with the kernel. */
    public enum Durability {
        /** Every batch is on the disk before it is acknowledged. */
        DURABLE,
        /** The kernel writes when it likes. */
        FAST
    }

    public KafkaOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535, is " + port);
        }
        directory = directory.toAbsolutePath().normalize();
    }

    /** Durable, any free port; a fatal error ends the JVM, and says why. */
    public static KafkaOptions durable(Path directory) {
        return new KafkaOptions(directory, 0, Durability.DURABLE, FatalErrorListener.END_THE_JVM);
    }

    /** For tests: nothing waits for the disk, any free port. */
    public static KafkaOptions fast(Path directory) {
        return new KafkaOptions(directory, 0, Durability.FAST, FatalErrorListener.END_THE_JVM);
    }

    public KafkaOptions withPort(int newPort) {
        return new KafkaOptions(directory, newPort, durability, fatalErrors);
    }

    public KafkaOptions withFatalErrors(FatalErrorListener listener) {
        return new KafkaOptions(directory, port, durability, listener);
    }
}
