package io.edgemc.cli.edge;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.kube.EdgeAudit;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.kube.LocalEdgeOptions;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The edges of this stack: local API servers, and the syncers that were started here. */
public final class Edges {
    private final Workspace workspace;
    private final Path folder;
    private final boolean audited;

    /** @param audited whether API servers that are started here keep an audit log */
    public Edges(Workspace workspace, boolean audited) {
        this.workspace = workspace;
        this.folder = workspace.hub().edges();
        this.audited = audited;
    }

    /** What runs of one edge; a pid is empty if its process does not. */
    public record Running(EdgeRecord edge, Optional<Long> apiServer, Optional<Long> etcd, Optional<Long> syncer) {}

    /** Starts the local API server of that name (or finds it running) and lets it run on without this process. */
    public EdgeRecord startLocal(String name) {
        Path home = folder.resolve(name);
        LocalEdgeOptions options = LocalEdgeOptions.durable(name, home.resolve("cluster"));
        LocalEdge edge = LocalEdge.start(audited ? options.withAudit() : options, KubeBinaries.find());
        EdgeRecord edgeRecord = new EdgeRecord(name, edge.kubeconfig().toString(), null, true);
        edge.detach();
        keep(edgeRecord);
        return edgeRecord;
    }

    /** Whether the API server of the local edge of that name runs. */
    public boolean runsLocally(String name) {
        return pid("kube-apiserver", folder.resolve(name).resolve("cluster")).isPresent();
    }

    /** Stops the API server of the local edge of that name; what it has stored stays. */
    public void stopLocal(String name) {
        LocalEdge.stopDetached(folder.resolve(name).resolve("cluster"));
    }

    /**
     * An edge whose API server runs elsewhere; not kept yet.
     *
     * @throws CommandFailure if its kubeconfig cannot be read, or an edge of that name is looked after here by another one
     */
    public EdgeRecord outside(String name, Path kubeconfig, @Nullable String context) {
        if (!Files.isReadable(kubeconfig)) {
            throw new CommandFailure("the kubeconfig " + kubeconfig + " cannot be read");
        }
        EdgeRecord edge = new EdgeRecord(name, kubeconfig.toAbsolutePath().toString(), context, false);
        if (list().stream().anyMatch(known -> known.name().equals(name) && !known.equals(edge))) {
            throw new CommandFailure("an edge " + name + " with another kubeconfig is looked after here already;"
                    + " remove it first, or choose another name");
        }
        return edge;
    }

    /**
     * Starts the edge's syncer unless it runs; one without an identity gets a join token.
     *
     * @return what to run next, when the syncers of all edges are on their way: it waits until this one has its identity
     */
    public Runnable startSyncer(EdgeRecord edge, HubApi hub, Registration registration) {
        SyncerProcess syncer = new SyncerProcess(workspace, folder.resolve(edge.name()));
        if (syncer.enrolled()) {
            syncer.start(registration.agentUrl(), edge);
        } else {
            syncer.startAndEnrol(registration.joinToken(hub, edge.name()), registration.agentUrl(), edge);
        }
        return syncer::awaitEnrolled;
    }

    /** Stops the syncer of one edge; the API server goes on. True if it ran. */
    public boolean stopSyncer(EdgeRecord edge) {
        return new SyncerProcess(workspace, folder.resolve(edge.name())).stop();
    }

    /** Stops the syncers of all edges, at the same time. True if anything ran. */
    public boolean stopSyncers() {
        return atOnce(this::stopSyncer);
    }

    /** Stops the local API servers, at the same time. True if anything ran. */
    public boolean stopLocal() {
        return atOnce(edge -> edge.local()
                && LocalEdge.stopDetached(folder.resolve(edge.name()).resolve("cluster")));
    }

    private boolean atOnce(Predicate<EdgeRecord> stop) {
        List<CompletableFuture<Boolean>> stopping = list().stream()
                .map(edge -> CompletableFuture.supplyAsync(() -> stop.test(edge)))
                .toList();
        boolean stopped = false;
        for (CompletableFuture<Boolean> one : stopping) {
            stopped |= joined(one);
        }
        return stopped;
    }

    private static boolean joined(CompletableFuture<Boolean> stopped) {
        try {
            return stopped.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Stops what runs of one edge and forgets it here. */
    public void forget(String name) {
        Path home = folder.resolve(name);
        new SyncerProcess(workspace, home).stop();
        LocalEdge.stopDetached(home.resolve("cluster"));
        DeletedFolder.delete(home);
    }

    /** What the API server of the local edge was asked for, if it is audited. */
    public Path auditLog(String name) {
        return EdgeAudit.inFolder(folder.resolve(name).resolve("cluster")).log();
    }

    public boolean knows(String name) {
        return EdgeRecord.isIn(folder.resolve(name));
    }

    /** All edges, by name. */
    public List<EdgeRecord> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            List<EdgeRecord> edges = new ArrayList<>();
            for (Path home : homes.filter(EdgeRecord::isIn).sorted().toList()) {
                edges.add(EdgeRecord.read(home));
            }
            return edges;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kubeconfigs of the local edges, by name. */
    public SortedMap<String, Path> localKubeconfigs() {
        SortedMap<String, Path> files = new TreeMap<>();
        list().stream().filter(EdgeRecord::local).forEach(edge -> files.put(edge.name(), Path.of(edge.kubeconfig())));
        return files;
    }

    public Running running(EdgeRecord edge) {
        Path home = folder.resolve(edge.name());
        Path cluster = home.resolve("cluster");
        return new Running(
                edge,
                edge.local() ? pid("kube-apiserver", cluster) : Optional.empty(),
                edge.local() ? pid("etcd", cluster) : Optional.empty(),
                new SyncerProcess(workspace, home).running().map(ChildProcess::pid));
    }

    private static Optional<Long> pid(String name, Path folder) {
        return ChildProcess.adopt(name, folder).map(ChildProcess::pid);
    }

    /** Takes the edge into the stack's care, beyond the end of this process. */
    public void keep(EdgeRecord edge) {
        try {
            Path home = folder.resolve(edge.name());
            OwnerOnly.createDirectories(home);
            edge.write(home);
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }
}
