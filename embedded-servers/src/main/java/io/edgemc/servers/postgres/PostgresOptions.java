package io.edgemc.servers.postgres;

import java.nio.file.Path;

/**
 * How to run a PostgreSQL server.
 *
 * @param directory holds data, log and password; survives stop and crash; made (owner only) where absent
 * @param port on 127.0.0.1; 0 for any free one
 * @param durability what a crash of the machine may cost
 * @param maxConnections at least 10
 */
public record PostgresOptions(Path directory, int port, Durability durability, int maxConnections) {
    /** A crash of the server process alone loses nothing in either mode. */
    public enum Durability {
        /** What is committed is on the disk. */
        DURABLE,
        /** Nothing waits for the disk; for tests, whose data nobody misses. */
        FAST
    }

    public PostgresOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535, is " + port);
        }
        if (maxConnections < 10) {
            throw new IllegalArgumentException("maxConnections must be at least 10, is " + maxConnections);
        }
        directory = directory.toAbsolutePath().normalize();
    }

    /** Durable, any free port, 100 connections. */
    public static PostgresOptions durable(Path directory) {
        return new PostgresOptions(directory, 0, Durability.DURABLE, 100);
    }

    /** For tests: nothing waits for the disk, any free port, 100 connections. */
    public static PostgresOptions fast(Path directory) {
        return new PostgresOptions(directory, 0, Durability.FAST, 100);
    }

    public PostgresOptions withPort(int newPort) {
        return new PostgresOptions(directory, newPort, durability, maxConnections);
    }
}
