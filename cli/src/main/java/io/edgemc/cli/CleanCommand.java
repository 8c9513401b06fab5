package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.DeletedFolder;
import io.edgemc.stack.HubDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything and removes the data. */
@Command(name = "clean", description = "Stop everything and remove the data.")
final class CleanCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() {
        Console console = new Console(System.out);
        Workspace workspace = data.workspace();
        Path root = workspace.hub().root();
        if (!Files.exists(root)) {
            console.say("There is nothing at " + root + ".");
            return 0;
        }
        List<HubDirectory> hubs = DataFolder.hubsIn(root)
                .orElseThrow(
                        () -> new CommandFailure(root + " does not look like data of edge-mc; nothing was removed"));
        hubs.forEach(hub -> new Stack(new Workspace(workspace.home(), hub), console).stopAll());
        DeletedFolder.delete(root);
        console.say("Removed " + root + ".");
        return 0;
    }
}
