package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.DeletedFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything and removes the data. */
@Command(name = "clean", description = "Stop everything and remove the data.")
final class CleanCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws java.io.IOException {
        Console console = new Console(System.out);
        Workspace workspace = data.workspace();
        new Stack(workspace, console).stopAll();
        Path root = workspace.hub().root();
        if (Files.isDirectory(root) && !isOurs(root)) {
            throw new CommandFailure(root + " does not look like data of edge-mc; nothing was removed");
        }
        DeletedFolder.delete(root);
        console.say("Removed " + root + ".");
        return 0;
    }

    /** A folder that somebody named by mistake must not be lost. */
    private static boolean isOurs(Path root) throws java.io.IOException {
        try (Stream<Path> content = Files.list(root)) {
            return content.findAny().isEmpty()
                    || Files.isDirectory(root.resolve("keys"))
                    || Files.isDirectory(root.resolve("logs"));
        }
    }
}
