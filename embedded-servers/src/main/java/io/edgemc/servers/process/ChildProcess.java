package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server process of this JVM: output to a file, its own session (so that a Ctrl-C meant for this JVM does not end the
 * servers before their users), a {@link PidFile} by which a later JVM finds it. Thread-safe.
 */
public final class ChildProcess {
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(20);
    private static final boolean HAS_SETSID = Files.isExecutable(Path.of("/usr/bin/setsid"));

    /** Status of a process that the signal 9 ended. */
    private static final int KILLED = 128 + 9;

    private final String name;
    private final ProcessHandle process;
    private final @Nullable Process child;
    private final Path logFile;
    private final PidFile pidFile;

    private ChildProcess(String name, ProcessHandle process, @Nullable Process child, Path logFile, PidFile pidFile) {
        this.name = name;
        this.process = process;
        this.child = child;
        this.logFile = logFile;
        this.pidFile = pidFile;
    }

    /**
     * Starts a process in {@code folder}, with its output appended to {@code <name>.log} and its pid in
     * {@code <name>.pid} there.
     *
     * @param environment added to that of this JVM
     */
    public static ChildProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        List<String> line = new ArrayList<>();
        if (HAS_SETSID) {
            line.add("/usr/bin/setsid");
        }
        line.addAll(command);
        Path logFile = logFile(name, folder);
        PidFile pidFile = new PidFile(pidFile(name, folder));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            pidFile.write(process.toHandle());
            log.debug("Started {} with pid {}, log in {}", name, process.pid(), logFile);
            return new ChildProcess(name, process.toHandle(), process, logFile, pidFile);
        } catch (IOException e) {
            throw new ServerFailure(Reason.DIED, "Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The process that an earlier JVM started as {@code name} in {@code folder}, if it is still alive. */
    public static Optional<ChildProcess> adopt(String name, Path folder) {
        PidFile pidFile = new PidFile(pidFile(name, folder));
        try {
            return pidFile.liveProcess()
                    .map(process -> new ChildProcess(name, process, null, logFile(name, folder), pidFile));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Path logFile(String name, Path folder) {
        return folder.resolve(name + ".log");
    }

    /** Where {@link #start} keeps the pid of the process of that name. */
    public static Path pidFile(String name, Path folder) {
        return folder.resolve(name + ".pid");
    }

    /** Ends what an earlier JVM started as {@code name} in {@code folder} and left behind. True if there was one. */
    public static boolean endOrphan(String name, Path folder, Signal signal, Duration grace) {
        PidFile pidFile = new PidFile(pidFile(name, folder));
        try {
            boolean found = pidFile.liveProcess()
                    .map(orphan -> {
                        log.info("Ending {} (pid {}), left over in {} by an earlier run", name, orphan.pid(), folder);
                        return end(orphan, signal, grace);
                    })
                    .isPresent();
            pidFile.delete();
            return found;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static ServerFailure unreadable(Path folder, IOException e) {
        return new ServerFailure(
                Reason.DIRECTORY_UNUSABLE, "Cannot read a pid file in " + folder + ": " + e.getMessage(), e);
    }

    private static boolean end(ProcessHandle process, Signal signal, Duration grace) {
        if (signal.end(process, grace)) {
            return true;
        }
        log.warn("Process {} did not end {} after {}; killing it", process.pid(), grace, signal);
        return Signal.KILL.end(process, grace);
    }

    /** The pid, unique on this machine while the process runs. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return Exits.isRunning(process);
    }

    /** Done when the process has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit().thenAccept(ended -> {});
    }

    /** Whether it has ended by {@code kill -9}, as far as this JVM, which must be its parent, can know. */
    public boolean wasKilled() {
        return child != null && !isAlive() && exitValue(child) == KILLED;
    }

    /** Where the output goes. */
    public Path logFile() {
        return logFile;
    }

    /**
     * Waits until {@code ready} holds.
     *
     * @throws ServerFailure {@code DIED} or {@code NOT_READY}, with the end of the log
     */
    public void await(BooleanSupplier ready, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (Exits.within(process, BETWEEN_CHECKS)) {
                throw new ServerFailure(Reason.DIED, name + " ended " + status() + " while it started. " + endOfLog());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ServerFailure(
                        Reason.NOT_READY, name + " was not ready after " + limit.toSeconds() + " s. " + endOfLog());
            }
        }
    }

    /**
     * Waits for a process that ends by itself.
     *
     * @throws ServerFailure {@code DIED} if its status is not 0, {@code NOT_READY} if it takes too long
     */
    public void awaitSuccess(Duration limit) {
        if (!Exits.within(process, limit)) {
            throw new ServerFailure(
                    Reason.NOT_READY, name + " did not end in " + limit.toSeconds() + " s. " + endOfLog());
        }
        if (child == null || exitValue(child) != 0) {
            throw new ServerFailure(Reason.DIED, name + " ended " + status() + ". " + endOfLog());
        }
    }

    /** Of a process that has ended; the JDK may learn of it a moment later than the kernel. */
    private static int exitValue(Process ended) {
        try {
            return ended.waitFor();
        } catch (InterruptedException e) {
            throw ServerFailure.interrupted("waiting for a process", e);
        }
    }

    /** Only a parent is told the status of a process. */
    private String status() {
        return child == null ? "without a word about why" : "with status " + exitValue(child);
    }

    /** Ends the process by {@code signal}; kills it if it has not ended after {@code grace}. Idempotent. */
    public void stop(Signal signal, Duration grace) {
        end(process, signal, grace);
        try {
            pidFile.delete();
        } catch (IOException e) {
            log.warn("Cannot remove the pid file of {}: {}", name, e.getMessage());
        }
    }

    /** The last lines of the log in a form to append to a message. */
    public String endOfLog() {
        return "Its log, " + logFile + ", ends:\n" + LogTail.of(logFile);
    }
}
