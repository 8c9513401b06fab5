package io.edgemc.bench.hub;

import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A fresh durable hub as a process of its own, for one benchmark. */
public final class BenchHub implements AutoCloseable {
    private static final long PAUSE_NANOS = 10_000_000;

    private final Workspace workspace;
    private final Stack stack;
    private HubApi api;
    private @Nullable HubState killed;

    private BenchHub(Workspace workspace, Stack stack) {
        this.workspace = workspace;
        this.stack = stack;
        this.api = HubApi.of(workspace.hub());
    }

    /** Starts it on an empty folder of its own. */
    public static BenchHub start(String benchmark) {
        Workspace workspace = prepare(benchmark);
        return start(workspace, new Stack(workspace, new Console(System.err)));
    }

    /** Starts it on an empty folder; its edges will keep audit logs. */
    public static BenchHub startAudited(Workspace workspace) {
        return start(workspace, Stack.audited(workspace, new Console(System.err)));
    }

    private static BenchHub start(Workspace workspace, Stack stack) {
        stack.startHub(0, false);
        return new BenchHub(workspace, stack);
    }

    /** An empty folder for a hub that the benchmark starts itself. */
    public static Workspace prepare(String benchmark) {
        Path home = Path.of(System.getProperty(Workspace.HOME, "."))
                .toAbsolutePath()
                .normalize();
        Workspace workspace =
                new Workspace(home, new HubDirectory(home.resolve(".edge-mc").resolve("bench-" + benchmark)));
        new Stack(workspace, new Console(System.err)).stopAll();
        DeletedFolder.delete(workspace.hub().root());
        return workspace;
    }

    public HubState state() {
        return stack.state();
    }

    public HubApi api() {
        return api;
    }

    public Stack stack() {
        return stack;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** Spaces, contexts and kubectl as the demo has them. */
    public DemoHub contexts() {
        return new DemoHub(workspace, stack, false);
    }

    /** Kills the hub's process, as a power cut would. */
    public void kill() {
        killed = state();
        kill(killed.pid());
    }

    /** Starts a hub that was killed again, on the same ports, and waits until it is ready. */
    public void restart() {
        startOnSamePorts();
        api.close();
        api = HubApi.of(workspace.hub());
    }

    /**
     * Starts a hub that was killed again, on the same ports, while the caller goes on; {@link #api()} stays as it is.
     *
     * @return completes when it is ready
     */
    public CompletableFuture<Void> restartMeanwhile() {
        return CompletableFuture.runAsync(this::startOnSamePorts);
    }

    /** Starts a hub that was killed again, and kills it once more, ready or not, when {@code after} is over. */
    public void startAndKill(Duration after) {
        CompletableFuture<Void> starting = CompletableFuture.runAsync(this::startOnSamePorts);
        Optional<ChildProcess> process = startedHub();
        while (process.isEmpty() && !starting.isDone()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            process = startedHub();
        }
        LockSupport.parkNanos(after.toNanos());
        kill(process.orElseThrow(() -> new IllegalStateException("the hub does not start"))
                .pid());
        // Its starter learns of it, or had seen it ready before.
        starting.exceptionally(ended -> null).join();
    }

    private Optional<ChildProcess> startedHub() {
        return ChildProcess.adopt("hub", workspace.hub().logs());
    }

    private void startOnSamePorts() {
        HubState before = Objects.requireNonNull(killed, "it was not killed");
        int port = URI.create(before.url("gateway")).getPort();
        int agentPort = URI.create(before.url("agents")).getPort();
        stack.startHub(port, agentPort, false);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    @Override
    public void close() {
        api.close();
        stack.stopAll();
        DeletedFolder.delete(workspace.hub().root());
    }
}
