package io.edgemc.servers.kube;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.LoopbackPort;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edge cluster for one machine: the real etcd, kube-apiserver and kube-controller-manager, without nodes and without
 * a scheduler, so Pods stay pending. On 127.0.0.1, RBAC, no anonymous access.
 *
 * <p>Its processes outlive this JVM if it is killed or {@link #detach detaches}; the next {@link #start} on the
 * directory takes them over where they are well, and replaces them where not. Thread-safe.
 */
public final class LocalEdge implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalEdge.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final LocalEdgeOptions options;
    private final KubeBinaries binaries;
    private final EdgePki pki;
    private final int port;
    private final EdgeProcesses processes;
    private final DirectoryLock lock;

    private LocalEdge(
            LocalEdgeOptions options,
            KubeBinaries binaries,
            EdgePki pki,
            int port,
            EdgeProcesses processes,
            DirectoryLock lock) {
        this.options = options;
        this.binaries = binaries;
        this.pki = pki;
        this.port = port;
        this.processes = processes;
        this.lock = lock;
    }

    /**
     * Starts an edge, or takes over one that runs on this directory, and waits until its API server is ready.
     *
     * @throws ServerFailure with the reason and the end of the log of what failed
     */
    public static LocalEdge start(LocalEdgeOptions options, KubeBinaries binaries) {
        long began = System.nanoTime();
        DirectoryLock lock = DirectoryLock.take(options.directory());
        try {
            EdgePki pki = EdgePki.inFolder(options.directory().resolve("pki"));
            Optional<LocalEdge> running = adopt(options, binaries, pki, lock);
            LocalEdge edge = running.isPresent() ? running.get() : startProcesses(options, binaries, pki, lock);
            log.info(
                    "Edge {} is ready on {} after {} ms{}, data in {}",
                    options.name(),
                    edge.url(),
                    (System.nanoTime() - began) / 1_000_000,
                    running.isPresent() ? " (it was running)" : "",
                    options.directory());
            return edge;
        } catch (IOException e) {
            lock.close();
            throw new ServerFailure(
                    Reason.DIRECTORY_UNUSABLE,
                    "Cannot run an edge in " + options.directory() + ": " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Ends an edge that runs on the directory without belonging to a live JVM. True if there was one. */
    public static boolean stopDetached(Path directory) {
        try (DirectoryLock held = DirectoryLock.take(directory)) {
            return EdgeProcesses.endOrphans(directory.toAbsolutePath().normalize());
        }
    }

    private static Optional<LocalEdge> adopt(
            LocalEdgeOptions options, KubeBinaries binaries, EdgePki pki, DirectoryLock lock) throws IOException {
        int port = new EdgePorts(options.directory()).last();
        if (port == 0 || options.port() != 0 && options.port() != port) {
            return Optional.empty();
        }
        Optional<EdgeProcesses> running = EdgeProcesses.adopt(options.directory(), options.extent());
        if (running.isEmpty()) {
            return Optional.empty();
        }
        try (ApiServerProbe probe = new ApiServerProbe(port, pki.clusterCaPem(), pki.kept("admin"))) {
            return probe.isReady()
                    ? Optional.of(new LocalEdge(options, binaries, pki, port, running.get(), lock))
                    : Optional.empty();
        }
    }

    private static LocalEdge startProcesses(
            LocalEdgeOptions options, KubeBinaries binaries, EdgePki pki, DirectoryLock lock) throws IOException {
        Path folder = options.directory();
        EdgeProcesses.endOrphans(folder);
        int port = new EdgePorts(folder).choose(options.port());
        int etcdPort = LoopbackPort.choose(0);
        EdgeCommands commands = new EdgeCommands(binaries, pki, options);
        try {
            ChildProcess etcd = ChildProcess.start(
                    EdgeProcesses.ETCD, folder, commands.etcd(etcdPort, LoopbackPort.choose(0)), EdgeCommands.SMALL_GO);
            // An API server that finds nobody there waits a whole second before it tries again.
            etcd.await(() -> LoopbackPort.hasListener(etcdPort), START_LIMIT);
            if (options.audited()) {
                EdgeAudit.inFolder(folder).writePolicy();
            }
            ChildProcess apiServer = ChildProcess.start(
                    EdgeProcesses.API_SERVER, folder, commands.apiServer(port, etcdPort), EdgeCommands.SMALL_GO);
            OwnerOnly.write(
                    folder.resolve("kubeconfig"),
                    Kubeconfig.withCertificate(options.name(), port, pki.clusterCaPem(), pki.kept("admin")));
            Path controllersConfig = folder.resolve("pki/controllers.kubeconfig");
            OwnerOnly.write(
                    controllersConfig,
                    Kubeconfig.withCertificate(options.name(), port, pki.clusterCaPem(), pki.kept("controllers")));
            try (ApiServerProbe probe = new ApiServerProbe(port, pki.clusterCaPem(), pki.kept("admin"))) {
                apiServer.await(() -> probe.isReady() || !etcd.isAlive(), START_LIMIT);
            }
            if (!etcd.isAlive()) {
                throw new ServerFailure(Reason.DIED, "etcd ended while the edge started. " + etcd.endOfLog());
            }
            ChildProcess controllers = options.extent() == LocalEdgeOptions.Extent.API_ALONE
                    ? null
                    : ChildProcess.start(
                            EdgeProcesses.CONTROLLERS,
                            folder,
                            commands.controllerManager(controllersConfig),
                            EdgeCommands.SMALL_GO);
            return new LocalEdge(options, binaries, pki, port, new EdgeProcesses(etcd, apiServer, controllers), lock);
        } catch (RuntimeException | IOException e) {
            EdgeProcesses.endOrphans(folder);
            throw e;
        }
    }

    public String name() {
        return options.name();
    }

    /** Of the API server, without a path. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** The API server's port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The authority that vouches for {@link #url}, as PEM. */
    public String caPem() {
        return pki.clusterCaPem();
    }

    /** The administrator's kubeconfig (0600); it works without this JVM too. */
    public Path kubeconfig() {
        return options.directory().resolve("kubeconfig");
    }

    /** The edge's {@code kubectl}, as administrator. */
    public Kubectl kubectl() {
        return new Kubectl(binaries, kubeconfig());
    }

    public long apiServerPid() {
        return processes.apiServer().pid();
    }

    public long etcdPid() {
        return processes.etcd().pid();
    }

    /** @throws IllegalStateException if it runs without controllers */
    public long controllerManagerPid() {
        ChildProcess controllers = processes.controllers();
        if (controllers == null) {
            throw new IllegalStateException("the edge " + options.name() + " runs without controllers");
        }
        return controllers.pid();
    }

    /** Whether all its processes run. */
    public boolean isAlive() {
        return processes.areAlive();
    }

    /** Where {@code etcd.log}, {@code kube-apiserver.log} and {@code kube-controller-manager.log} are. */
    public Path logFolder() {
        return options.directory();
    }

    /**
     * Writes a kubeconfig (0600) with a client certificate for a user; what it may do, RBAC bindings say.
     *
     * @return {@code file}
     */
    public Path writeUserKubeconfig(String user, List<String> groups, Path file) {
        try {
            OwnerOnly.write(
                    file,
                    Kubeconfig.withCertificate(options.name(), port, pki.clusterCaPem(), pki.newClient(user, groups)));
            return file;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Writes a kubeconfig (0600) with a token, good for a day, of an existing service account.
     *
     * @return {@code file}
     * @throws ServerFailure {@code REFUSED} if there is no such account
     */
    public Path writeServiceAccountKubeconfig(String namespace, String serviceAccount, Path file) {
        String token = kubectl()
                .ok("create", "token", serviceAccount, "--namespace=" + namespace, "--duration=24h")
                .strip();
        try {
            OwnerOnly.write(file, Kubeconfig.withToken(options.name(), port, pki.clusterCaPem(), token));
            return file;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static ServerFailure unwritable(Path file, IOException e) {
        return new ServerFailure(Reason.DIRECTORY_UNUSABLE, "Cannot write " + file + ": " + e.getMessage(), e);
    }

    /** Lets the edge run on without this JVM. */
    public void detach() {
        lock.close();
    }

    /** Ends its processes; the data stays. Idempotent. */
    @Override
    public void close() {
        processes.stop();
        lock.close();
    }
}
