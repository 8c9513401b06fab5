package io.edgemc.stack;

import io.edgemc.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Process of a local hub: {@code HubMain <directory> <gateway port> <agent port> <durable> [<broker>]}. Runs until it is told to stop
 * (SIGTERM); exits with 1 and one line on standard error if it cannot start.
 */
public final class HubMain {
    private HubMain() {}

    public static void main(String[] args) {
        HubOptions options = new HubOptions(
                new HubDirectory(Path.of(args[0])),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Boolean.parseBoolean(args[3]),
                Arrays.stream(args).skip(4).findFirst());
        HubLogging.start();
        HubRun run = new HubRun();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(run::stop));
        try {
            run.start(options);
            // Until the process is told to stop.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ServerFailure | IOException e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (RuntimeException e) {
            e.printStackTrace();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            fail(e.getMessage() + ": " + cause.getMessage());
        }
    }

    private static void fail(String message) {
        System.err.println("edge-mc: the hub cannot start: " + message);
        System.exit(1);
    }
}
