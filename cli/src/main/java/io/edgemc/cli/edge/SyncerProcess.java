package io.edgemc.cli.edge;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Workspace;
import io.edgemc.servers.ServerFailure;
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

/** The syncer of one edge as a process of its own. */
final class SyncerProcess {
    private static final String NAME = "syncer";
    private static final Duration ENROL_LIMIT = Duration.ofSeconds(60);
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

    /** Redeems a join token for an identity; the token is given by a file and never shows in a command line. */
    void enrol(String hubUrl, String caPem, String token) {
        try {
            OwnerOnly.createDirectories(state());
            Path authority = folder.resolve("hub-ca.crt");
            Path tokenFile = folder.resolve("join.token");
            OwnerOnly.write(authority, caPem);
            OwnerOnly.write(tokenFile, token);
            try {
                ChildProcess.start(
                                "enroll",
                                folder,
                                command(
                                        "enroll",
                                        "--hub",
                                        hubUrl,
                                        "--ca",
                                        authority.toString(),
                                        "--token-file",
                                        tokenFile.toString(),
                                        "--state",
                                        state().toString()),
                                SyncerLauncher.environment())
                        .awaitSuccess(ENROL_LIMIT);
            } finally {
                Files.deleteIfExists(tokenFile);
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + folder + ": " + e.getMessage(), e);
        } catch (ServerFailure e) {
            throw new CommandFailure("the syncer could not enrol: " + e.getMessage(), e);
        }
    }

    /** Starts it unless it runs. One that dials another address, as of a hub that was killed and has new ports, is replaced. */
    void start(String hubUrl, EdgeRecord edge) {
        try {
            if (running().isPresent()) {
                if (Files.exists(dialled()) && Files.readString(dialled()).equals(hubUrl)) {
                    return;
                }
                stop();
            }
            OwnerOnly.write(dialled(), hubUrl);
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + folder + ": " + e.getMessage(), e);
        }
        List<String> arguments = new ArrayList<>(
                List.of("run", "--state", state().toString(), "--hub", hubUrl, "--kubeconfig", edge.kubeconfig()));
        if (edge.context() != null) {
            arguments.addAll(List.of("--context", edge.context()));
        }
        ChildProcess.start(NAME, folder, command(arguments.toArray(String[]::new)), SyncerLauncher.environment());
    }

    /** The hub's address that the syncer was started with. */
    private Path dialled() {
        return folder.resolve("hub-url");
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
