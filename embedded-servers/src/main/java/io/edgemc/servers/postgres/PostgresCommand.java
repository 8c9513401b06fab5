package io.edgemc.servers.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server's command line; settings are here and not in a file, so that an old directory gets new settings. */
final class PostgresCommand {
    private PostgresCommand() {}

    static List<String> line(PostgresOptions options, PostgresBinaries binaries, Path data, int port) {
        List<String> line = new ArrayList<>(List.of(binaries.postgres().toString(), "-D", data.toString()));
        set(line, "port", Integer.toString(port));
        set(line, "listen_addresses", "127.0.0.1");
        set(line, "unix_socket_directories", "");
        set(line, "max_connections", Integer.toString(options.maxConnections()));
        set(line, "shared_buffers", "64MB");
        set(line, "max_wal_size", "256MB");
        set(line, "timezone", "UTC");
        set(line, "log_timezone", "UTC");
        set(line, "lc_messages", "C");
        set(line, "log_line_prefix", "%m [%p] %q%u@%d ");
        // Statements may carry what a log must not hold.
        set(line, "log_parameter_max_length_on_error", "0");
        // One table's autovacuum is enough at a time on a small machine, and there is nothing to replicate.
        set(line, "autovacuum_max_workers", "1");
        set(line, "max_wal_senders", "0");
        set(line, "wal_level", "minimal");
        boolean durable = options.durability() == PostgresOptions.Durability.DURABLE;
        set(line, "fsync", durable ? "on" : "off");
        // On in both modes: off would lose what a killed server had committed, and without fsync it gains little.
        set(line, "synchronous_commit", "on");
        set(line, "full_page_writes", durable ? "on" : "off");
        return line;
    }

    private static void set(List<String> line, String name, String value) {
        line.add("-c");
        line.add(name + "=" + value);
    }
}
