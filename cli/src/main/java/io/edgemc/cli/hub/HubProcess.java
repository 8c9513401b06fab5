package io.edgemc.cli.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.OwnerOnly;
import io.edgemc.servers.process.Signal;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubOptions;
import io.edgemc.stack.HubState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hub as a process of its own that goes on when the command ends. */
public final class HubProcess {
    private static final String NAME = "hub";
    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final HubDirectory directory;

    public HubProcess(HubDirectory directory) {
        this.directory = directory;
    }

    /** The running hub, if there is one. */
    public Optional<HubState> running() {
        return HubState.read(directory);
    }

    /** Starts the hub and waits until it is ready; throws {@link CommandFailure} with the reason if it does not get there. */
    public HubState start(HubOptions options) {
        try {
            OwnerOnly.createDirectories(directory.logs());
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + directory.root() + ": " + e.getMessage(), e);
        }
        // Whoever starts at the same time on the same data is told so before a second JVM is made.
        DirectoryLock.tryTake(directory.root())
                .orElseThrow(() -> new CommandFailure(
                        "a hub is starting or stopping on " + directory.root() + "; see: edge-mc status"))
                .close();
        ChildProcess process = ChildProcess.start(NAME, directory.logs(), commandLine(options), Map.of());
        try {
            process.await(() -> running().isPresent(), START_LIMIT);
        } catch (ServerFailure e) {
            process.stop(Signal.TERM, STOP_LIMIT);
            throw new CommandFailure(reason(e.getMessage()), e);
        }
        return running().orElseThrow();
    }

    /** Stops the hub, and what a killed one left behind. True if there was anything to stop. */
    public boolean stop() {
        boolean stopped = ChildProcess.endOrphan(NAME, directory.logs(), Signal.TERM, STOP_LIMIT);
        // After a kill -9 the database server lives on until somebody ends it.
        stopped |= ChildProcess.endOrphan("postgres", directory.postgres(), Signal.INT, STOP_LIMIT);
        return stopped;
    }

    /** Log of the hub, JSON lines. */
    public Path log() {
        return directory.logs().resolve(NAME + ".log");
    }

    private List<String> commandLine(HubOptions options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HubJvm.options(directory));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.edgemc.stack.HubMain"));
        command.addAll(List.of(
                directory.root().toString(),
                Integer.toString(options.gatewayPort()),
                Integer.toString(options.agentPort()),
                Boolean.toString(options.durable())));
        return command;
    }

    /** The last line in which the hub says why it cannot start, for the log goes on from earlier starts; the whole end of its log if there is none. */
    private static String reason(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("edge-mc: "))
                .map(line -> line.substring("edge-mc: ".length()))
                .reduce((earlier, later) -> later)
                .orElse(message);
    }
}
