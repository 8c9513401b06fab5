package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for processes to end. */
final class Exits {
    /** The JDK looks after processes that are not its children ever less often, up to seconds apart. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Exits() {}

    /**
     * Whether the process runs. One that has ended but whose parent has not asked for its status yet (a container's
     * first process may never do so) does not.
     */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // "pid (name) state …", where the name may hold anything.
            String text = Files.readString(stat);
            return !text.startsWith(" Z", text.lastIndexOf(')') + 1);
        } catch (IOException e) {
            // It has gone while it was read, or this system has no /proc.
            return process.isAlive();
        }
    }

    /** True if the process is gone in time. */
    static boolean within(ProcessHandle process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isRunning(process)) {
            long left = Math.min(deadline - System.nanoTime(), BETWEEN_LOOKS.toNanos());
            if (left <= 0) {
                return false;
            }
            try {
                process.onExit().get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException("Waiting for a process cannot fail", e);
            } catch (InterruptedException e) {
                throw ServerFailure.interrupted("waiting for process " + process.pid() + " to end", e);
            }
        }
        return true;
    }
}
