package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.cli.edge.EdgeRecord;
import io.edgemc.cli.edge.Edges;
import io.edgemc.cli.edge.Registration;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.cli.hub.HubProcess;
import io.edgemc.cli.kubeconfig.KubeconfigFile;
import io.edgemc.stack.HubOptions;
import io.edgemc.stack.HubState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A local hub and its edges as one thing to start, ask and stop. */
public final class Stack {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Workspace workspace;
    private final Console console;
    private final HubProcess hub;
    private final Edges edges;
    /** API servers that start while the hub does, by the names of their edges. */
    private final Map<String, CompletableFuture<EdgeRecord>> coming = new ConcurrentHashMap<>();

    public Stack(Workspace workspace, Console console) {
        this(workspace, console, new Edges(workspace, false));
    }

    private Stack(Workspace workspace, Console console, Edges edges) {
        this.workspace = workspace;
        this.console = console;
        this.hub = new HubProcess(workspace);
        this.edges = edges;
    }

    /** As the constructor makes it, with local edges that keep an audit log of what they were asked for. */
    public static Stack audited(Workspace workspace, Console console) {
        return new Stack(workspace, console, new Edges(workspace, true));
    }

    public boolean hubRuns() {
        return hub.running().isPresent();
    }

    public Edges edges() {
        return edges;
    }

    /** The running hub; throws {@link CommandFailure} if there is none. */
    public HubState state() {
        return hub.running()
                .orElseThrow(() ->
                        new CommandFailure("no hub runs on " + workspace.hub().root() + "; start it by: edge-mc up"));
    }

    /** Starts the hub unless it runs. */
    public HubState startHub(int port, boolean ephemeral) {
        return startHub(port, port == 0 ? 0 : port + 1, ephemeral);
    }

    /** Starts the hub unless it runs; port 0 is any free one. */
    public HubState startHub(int port, int agentPort, boolean ephemeral) {
        return startHub(new HubOptions(workspace.hub(), port, agentPort, !ephemeral));
    }

    /**
     * Starts the hub unless it runs, and the API servers of local edges at the same time; {@link #startLocalEdges} takes those over. If
     * the hub does not start, API servers that did not run before are stopped again.
     */
    public HubState startHub(int port, boolean ephemeral, List<String> edgeNames) {
        List<String> fresh =
                edgeNames.stream().filter(name -> !edges.runsLocally(name)).toList();
        fresh.forEach(name -> coming.put(name, CompletableFuture.supplyAsync(() -> edges.startLocal(name))));
        try {
            return startHub(port, ephemeral);
        } catch (RuntimeException failure) {
            for (String name : fresh) {
                try {
                    join(Objects.requireNonNull(coming.remove(name)));
                    edges.stopLocal(name);
                } catch (RuntimeException alsoFailed) {
                    failure.addSuppressed(alsoFailed);
                }
            }
            throw failure;
        }
    }

    private CompletableFuture<EdgeRecord> startLocal(String name) {
        CompletableFuture<EdgeRecord> started = coming.remove(name);
        return started == null ? CompletableFuture.supplyAsync(() -> edges.startLocal(name)) : started;
    }

    /** Starts the hub unless it runs. */
    public HubState startHub(HubOptions options) {
        HubState state = hub.running().orElse(null);
        if (state == null) {
            console.progress("starting the hub (PostgreSQL, Kafka, five services)"
                    + (hub.startCache().isThere() ? "" : "; slower than it could be, see: edge-mc prepare"));
            state = hub.start(options);
            console.progress("the hub is ready, process " + state.pid());
        }
        writeKubeconfig();
        return state;
    }

    /** Starts local edges, all at the same time, registers them with labels, and starts their syncers. */
    public List<EdgeRecord> startLocalEdges(List<String> names, Function<String, Map<String, String>> labels) {
        if (names.isEmpty()) {
            return List.of();
        }
        console.progress("starting local edges: " + String.join(", ", names));
        List<CompletableFuture<EdgeRecord>> starting = new ArrayList<>();
        for (String name : names) {
            starting.add(startLocal(name));
        }
        Registration registration = new Registration(state());
        List<EdgeRecord> started = new ArrayList<>();
        try (HubApi api = HubApi.of(workspace.hub())) {
            for (String name : names) {
                registration.register(api, name, labels.apply(name), Map.of());
            }
            List<Runnable> enrolling = new ArrayList<>();
            for (CompletableFuture<EdgeRecord> edge : starting) {
                EdgeRecord ready = join(edge);
                enrolling.add(edges.startSyncer(ready, api, registration));
                started.add(ready);
                console.progress("edge " + ready.name() + " runs");
            }
            enrolling.forEach(Runnable::run);
        }
        writeKubeconfig();
        return started;
    }

    /** Registers a cluster that runs elsewhere and starts a syncer for it here. */
    public void addCluster(
            String name,
            Map<String, String> labels,
            Map<String, String> properties,
            Path kubeconfig,
            @Nullable String context) {
        Registration registration = new Registration(state());
        try (HubApi api = HubApi.of(workspace.hub())) {
            EdgeRecord edge = edges.outside(name, kubeconfig, context);
            registration.register(api, name, labels, properties);
            // Not before the hub has taken the name: later starts look after all that is kept.
            edges.keep(edge);
            edges.startSyncer(edge, api, registration).run();
            awaitConnected(List.of(edge));
        }
    }

    /**
     * What does not run of the edges that are known from before, as after a reboot, is started again; waits until they are connected.
     * Of an edge whose API server runs elsewhere, and may be away, it only says so.
     *
     * @param started names of those that were looked after just now
     */
    public void restartKnownEdges(Collection<String> started) {
        List<EdgeRecord> known = edges.list().stream()
                .filter(edge -> !started.contains(edge.name()))
                .toList();
        List<CompletableFuture<EdgeRecord>> starting = new ArrayList<>();
        for (EdgeRecord edge : known) {
            starting.add(edge.local() ? startLocal(edge.name()) : CompletableFuture.completedFuture(edge));
        }
        Registration registration = new Registration(state());
        try (HubApi api = HubApi.of(workspace.hub())) {
            List<Runnable> enrolling = new ArrayList<>();
            for (CompletableFuture<EdgeRecord> edge : starting) {
                enrolling.add(edges.startSyncer(join(edge), api, registration));
            }
            enrolling.forEach(Runnable::run);
        }
        writeKubeconfig();
        awaitConnected(known.stream().filter(EdgeRecord::local).toList());
        known.stream().filter(edge -> !edge.local()).forEach(this::sayWhetherConnected);
    }

    private void sayWhetherConnected(EdgeRecord outside) {
        try {
            awaitConnected(List.of(outside));
        } catch (CommandFailure e) {
            console.progress(String.valueOf(e.getMessage()));
        }
    }

    /** Waits until the hub has heard from each of them. */
    public void awaitConnected(List<EdgeRecord> connecting) {
        long deadline = System.nanoTime() + CONNECT_LIMIT.toNanos();
        try (HubApi api = HubApi.of(workspace.hub())) {
            for (EdgeRecord edge : connecting) {
                while (!isConnected(api, edge.name())) {
                    if (System.nanoTime() > deadline) {
                        throw new CommandFailure(
                                "edge " + edge.name() + " does not connect; see: edge-mc logs " + edge.name());
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
                console.progress("edge " + edge.name() + " is connected");
            }
        }
    }

    /** Whether the inventory says that the cluster is connected. */
    public boolean isConnected(HubApi api, String name) {
        HubApi.Answer answer = api.get("/inventory/apis/edge-mc.io/v1alpha1/clusters/" + name);
        for (JsonNode condition : answer.body().path("status").path("conditions")) {
            if (condition.path("type").asString().equals("Connected")) {
                return condition.path("status").asString().equals("True");
            }
        }
        return false;
    }

    /** Stops all that was started here: syncers, local API servers, the hub. True if anything ran. */
    public boolean stopAll() {
        boolean stopped = edges.stopSyncers();
        CompletableFuture<Boolean> locals = CompletableFuture.supplyAsync(edges::stopLocal);
        stopped |= hub.stop();
        stopped |= join(locals);
        if (Files.exists(ephemeralMark())) {
            DeletedFolder.delete(workspace.hub().root());
        }
        return stopped;
    }

    /** Kubernetes contexts of all that there is. */
    public void writeKubeconfig() {
        try (HubApi api = HubApi.of(workspace.hub())) {
            new KubeconfigFile(workspace.hub()).write(api.gateway().toString(), spaces(api), edges.localKubeconfigs());
        }
    }

    /** Names of all spaces. */
    public List<String> spaces(HubApi api) {
        HubApi.Answer answer = api.get("/system/apis/edge-mc.io/v1alpha1/spaces");
        if (!answer.succeeded()) {
            throw new CommandFailure("cannot list spaces: " + HubApi.words(answer));
        }
        List<String> names = new ArrayList<>();
        answer.body()
                .path("items")
                .forEach(space -> names.add(space.path("metadata").path("name").asString()));
        return names;
    }

    public void printAddresses() {
        console.progress("ready");
        state().urls().forEach((name, url) -> console.say("  " + String.format("%-11s", name) + url));
        console.say("  kubeconfig " + workspace.hub().kubeconfig());
        console.say("Try: KUBECONFIG=" + workspace.hub().kubeconfig() + " kubectl --context inventory get clusters");
    }

    private Path ephemeralMark() {
        return workspace.hub().ephemeralMark();
    }

    private static <T> T join(CompletableFuture<T> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
