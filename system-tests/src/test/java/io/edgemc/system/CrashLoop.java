package io.edgemc.system;

import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Kills a server process with {@code kill -9} whenever it runs, until closed: a server that is away for good, whoever restarts it. */
final class CrashLoop implements AutoCloseable {
    private static final Duration GONE_LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 5_000_000;

    private final String name;
    private final Path folder;
    private final Thread thread;
    private volatile boolean closing;
    private volatile int kills;

    /** For the process whose pid is kept as {@code name} in {@code folder}, see {@link ChildProcess}. */
    CrashLoop(String name, Path folder) {
        this.name = name;
        this.folder = folder;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** How often it was found running, and killed. */
    int kills() {
        return kills;
    }

    private void run() {
        while (!closing) {
            ChildProcess.adopt(name, folder).ifPresent(process -> {
                ProcessHandle.of(process.pid()).ifPresent(handle -> Signal.KILL.end(handle, GONE_LIMIT));
                kills++;
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns when it kills no more. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
