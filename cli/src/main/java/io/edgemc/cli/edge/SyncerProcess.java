package io.edgemc.cli.edge;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.OwnerOnly;
import io.edgemc.servers.process.Signal;
import io.edgemc.syncer.SyncerLauncher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The syncer of one edge as a process of its own. */
final class SyncerProcess {
    private static final String NAME = "syncer";
    private static final Duration ENROL_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Workspace workspace;
    private final Path folder;

    /** {@code folder} is the edge's; the syncer keeps its state below it. */
    SyncerProcess(Workspace workspace, Path folder) {
        this.workspace = workspace;
        this.folder = folder.resolve("syncer");
    }

    /** Whether it has an identity. */
    boolean enrolled() {
        return Files.exists(state().resolve("identity.json"));
    }

    /**
     * Starts it with a join token, which it redeems for an identity before anything else; {@link #awaitEnrolled} follows. The token is
     * given by a file and never shows in a command line.
     */
    void startAndEnrol(Registration.JoinToken token, String hubUrl, EdgeRecord edge) {
        try {
            OwnerOnly.createDirectories(state());
            OwnerOnly.write(authority(), token.caPem());
            OwnerOnly.write(tokenFile(), token.token());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        start(
                hubUrl,
                edge,
                List.of(
                        "--ca",
                        authority().toString(),
                        "--token-file",
                        tokenFile().toString()));
    }

    /**
     * Waits until it has an identity, and removes the token, also one that an earlier start has left.
     *
     * @throws CommandFailure if it ends without one, or takes too long
     */
    void awaitEnrolled() {
        try {
            long deadline = System.nanoTime() + ENROL_LIMIT.toNanos();
            while (!enrolled()) {
                if (running().isEmpty() && !enrolled()) {
                    throw new CommandFailure("the syncer could not enrol; its log is in " + folder);
                }
                if (System.nanoTime() > deadline) {
                    stop();
                    throw new CommandFailure("the syncer does not enrol; its log is in " + folder);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } finally {
            removeToken();
        }
    }

    private void removeToken() {
        try {
            Files.deleteIfExists(tokenFile());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private CommandFailure cannotWrite(IOException e) {
        return new CommandFailure("cannot write to " + folder + ": " + e.getMessage(), e);
    }

    /** Starts it unless it runs. One that dials another address, as of a hub that was killed and has new ports, is replaced. */
    void start(String hubUrl, EdgeRecord edge) {
        start(hubUrl, edge, List.of());
    }

    private void start(String hubUrl, EdgeRecord edge, List<String> more) {
        try {
            if (running().isPresent()) {
                if (Files.exists(dialled()) && Files.readString(dialled()).equals(hubUrl)) {
                    return;
                }
                stop();
            }
            OwnerOnly.write(dialled(), hubUrl);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        List<String> arguments = new ArrayList<>(
                List.of("run", "--state", state().toString(), "--hub", hubUrl, "--kubeconfig", edge.kubeconfig()));
        arguments.addAll(more);
        if (edge.context() != null) {
            arguments.addAll(List.of("--context", edge.context()));
        }
        ChildProcess.start(NAME, folder, command(arguments.toArray(String[]::new)), SyncerLauncher.environment());
    }

    /** The hub's address that the syncer was started with. */
    private Path dialled() {
        return folder.resolve("hub-url");
    }

    private Path authority() {
        return folder.resolve("hub-ca.crt");
    }

    private Path tokenFile() {
        return folder.resolve("join.token");
    }

    Optional<ChildProcess> running() {
        return ChildProcess.adopt(NAME, folder);
    }

    boolean stop() {
        return ChildProcess.endOrphan(NAME, folder, Signal.TERM, STOP_LIMIT);
    }

    private Path state() {
        return folder.resolve("state");
    }

    private List<String> command(String... arguments) {
        try {
            String classPath = workspace.syncerJar() + ":"
                    + Files.readString(workspace.syncerClasspath(), StandardCharsets.UTF_8)
                            .strip();
            return SyncerLauncher.command(
                    Path.of(System.getProperty("java.home"), "bin", "java"), classPath, List.of(arguments));
        } catch (IOException e) {
            throw new CommandFailure("the syncer is not built: " + e.getMessage(), e);
        }
    }
}
