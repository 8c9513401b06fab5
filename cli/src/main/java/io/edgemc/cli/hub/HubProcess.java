package io.edgemc.cli.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.jvm.JavaProgram;
import io.edgemc.cli.jvm.StartCache;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub as a process of its own that goes on when the command ends. */
public final class HubProcess {
    /** System property: class path of the hub where it is not that of the command itself. */
    public static final String CLASS_PATH = HubJvm.CLASS_PATH;

    private static final Logger log = LoggerFactory.getLogger(HubProcess.class);
    private static final String NAME = "hub";
    /** For a machine that is busy with other things: a start takes seconds, there it takes minutes. */
    private static final Duration START_LIMIT = Duration.ofSeconds(330);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final HubDirectory directory;
    private final HubCompiler compiler;
    private final JavaProgram program;
    private final StartCache startCache;

    public HubProcess(Workspace workspace) {
        this.directory = workspace.hub();
        this.compiler = new HubCompiler(workspace.startCaches());
        this.program = HubJvm.program(compiler);
        this.startCache = StartCache.of(program, workspace.startCaches());
    }

    /** What is remembered of an earlier start of this build. */
    public StartCache startCache() {
        return startCache;
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
        writeDirectives();
        // Whoever starts at the same time on the same data is told so before a second JVM is made.
        DirectoryLock.tryTake(directory.root())
                .orElseThrow(() -> new CommandFailure(
                        "a hub is starting or stopping on " + directory.root() + "; see: edge-mc status"))
                .close();
        List<String> use = startCache.use();
        HubLog said = new HubLog(log());
        long before = said.length();
        try {
            return start(options, use);
        } catch (ServerFailure e) {
            Optional<String> reason = said.reason(before);
            if (!use.isEmpty() && e.reason() == ServerFailure.Reason.DIED && reason.isEmpty()) {
                return startWithoutCache(options);
            }
            throw new CommandFailure(reason.orElse(e.getMessage()), e);
        }
    }

    /** A hub that ends without a word is one that its start cache may have broken: not a reason to have none. */
    private HubState startWithoutCache(HubOptions options) {
        log.warn("the hub ended without a word; starting it again without its start cache, which is removed");
        try {
            startCache.forget();
        } catch (IOException e) {
            throw new CommandFailure(
                    "the hub ended without a word, and its start cache " + startCache.file() + " cannot be removed: "
                            + e.getMessage(),
                    e);
        }
        return start(options);
    }

    /** Starts the hub so that the JVM notes for its start cache what a start needs; it writes them when it is stopped. */
    HubState startRecording(HubOptions options) throws IOException {
        OwnerOnly.createDirectories(directory.logs());
        writeDirectives();
        return start(options, startCache.record());
    }

    private void writeDirectives() {
        try {
            compiler.write();
        } catch (IOException e) {
            throw new CommandFailure("cannot write what the hub's JVM reads: " + e.getMessage(), e);
        }
    }

    private HubState start(HubOptions options, List<String> furtherFlags) {
        ChildProcess process =
                ChildProcess.start(NAME, directory.logs(), program.command(furtherFlags, arguments(options)), Map.of());
        try {
            process.await(() -> running().isPresent(), START_LIMIT);
        } catch (ServerFailure e) {
            // Says nothing about its start cache.
            boolean killed = process.wasKilled();
            process.stop(Signal.TERM, STOP_LIMIT);
            throw killed ? new CommandFailure("the hub was killed while it started", e) : e;
        }
        return running().orElseThrow();
    }

    /** Stops the hub, and what a killed one left behind. True if there was anything to stop. */
    public boolean stop() {
        return stop(STOP_LIMIT);
    }

    /** As {@link #stop()}; a hub that still runs after {@code limit} is killed. */
    boolean stop(Duration limit) {
        boolean stopped = ChildProcess.endOrphan(NAME, directory.logs(), Signal.TERM, limit);
        // After a kill -9 the database server lives on until somebody ends it.
        stopped |= ChildProcess.endOrphan("postgres", directory.postgres(), Signal.INT, STOP_LIMIT);
        return stopped;
    }

    /** Log of the hub, JSON lines. */
    public Path log() {
        return directory.logs().resolve(NAME + ".log");
    }

    private List<String> arguments(HubOptions options) {
        List<String> arguments = new ArrayList<>(List.of(
                directory.root().toString(),
                Integer.toString(options.gatewayPort()),
                Integer.toString(options.agentPort()),
                Boolean.toString(options.durable())));
        options.broker().ifPresent(arguments::add);
        return arguments;
    }
}
