package io.edgemc.bench.hub;

import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubState;
import java.nio.file.Path;

/** A fresh durable hub as a process of its own, for one benchmark. */
public final class BenchHub implements AutoCloseable {
    private final Workspace workspace;
    private final Stack stack;
    private HubApi api;

    private BenchHub(Workspace workspace, Stack stack) {
        this.workspace = workspace;
        this.stack = stack;
        this.api = HubApi.of(workspace.hub());
    }

    /** Starts it on an empty folder of its own. */
    public static BenchHub start(String benchmark) {
        Workspace workspace = prepare(benchmark);
        Stack stack = new Stack(workspace, new Console(System.err));
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

    /** Kills the hub's process as a power cut would, and starts it again on the same ports. */
    public void killAndRestart() {
        HubState before = state();
        ProcessHandle.of(before.pid()).ifPresent(ProcessHandle::destroyForcibly);
        ProcessHandle.of(before.pid()).ifPresent(process -> process.onExit().join());
        int port = java.net.URI.create(before.url("gateway")).getPort();
        int agentPort = java.net.URI.create(before.url("agents")).getPort();
        stack.startHub(port, agentPort, false);
        api.close();
        api = HubApi.of(workspace.hub());
    }

    @Override
    public void close() {
        api.close();
        stack.stopAll();
        DeletedFolder.delete(workspace.hub().root());
    }
}
