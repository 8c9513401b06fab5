package io.edgemc.servers.postgres;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.OwnerOnly;
import io.edgemc.servers.process.ScratchFolder;
import io.edgemc.servers.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server keeps: {@code data} (PostgreSQL's own), {@code superuser} (its password), logs and pid. The caller
 * holds the lock of {@code folder}.
 */
record DataDirectory(Path folder) {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(30);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    static final String SUPERUSER = "postgres";
    static final String PROCESS_NAME = "postgres";

    Path data() {
        return folder.resolve("data");
    }

    private Path passwordFile() {
        return folder.resolve("superuser");
    }

    String superuserPassword() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw unusable("Cannot read the superuser's password", e);
        }
    }

    /** Ends a server that outlived its JVM; its clean shutdown keeps all that was committed. */
    void endOrphan() {
        ChildProcess.endOrphan(PROCESS_NAME, folder, Signal.INT, ORPHAN_GRACE);
        Path file = data().resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return;
            }
            ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    .filter(process -> isServerOf(data(), process))
                    .ifPresent(process -> {
                        log.info("Ending PostgreSQL (pid {}), left over in {}", process.pid(), folder);
                        if (!Signal.INT.end(process, ORPHAN_GRACE)) {
                            Signal.QUIT.end(process, ORPHAN_GRACE);
                        }
                    });
            // Of a server that was killed. Its pid may be anyone's by now, and then PostgreSQL would not start.
            Files.deleteIfExists(file);
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
            throw unusable("Cannot read " + file, e);
        }
    }

    private static boolean isServerOf(Path data, ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    /** Makes the database cluster where there is none. A half-made one, of a run that was killed, does not count. */
    void initialise(PostgresBinaries binaries, List<String> prefix, boolean durable) {
        if (Files.isDirectory(data())) {
            return;
        }
        Path draft = folder.resolve("data.new");
        try {
            ScratchFolder.deleteTree(draft);
            OwnerOnly.write(passwordFile(), newPassword());
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    binaries.initdb().toString(),
                    "--pgdata=" + draft,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-instructions"));
            if (!durable) {
                command.add("--no-sync");
            }
            ChildProcess initdb = ChildProcess.start("initdb", folder, command, Map.of("TZ", "UTC"));
            try {
                initdb.awaitSuccess(INITDB_LIMIT);
            } finally {
                initdb.stop(Signal.TERM, Duration.ofSeconds(5));
            }
            Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable("Cannot make a database cluster", e);
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private ServerFailure unusable(String what, Exception e) {
        return new ServerFailure(Reason.DIRECTORY_UNUSABLE, what + " in " + folder + ": " + e.getMessage(), e);
    }
}
