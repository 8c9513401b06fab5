package io.edgemc.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}, as every command has it. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the hub's data; by default .edge-mc beside the launcher, or $EDGE_MC_DATA.")
    private @Nullable Path data;

    Workspace workspace() {
        return Workspace.of(data);
    }
}
