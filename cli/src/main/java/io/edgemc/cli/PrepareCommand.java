package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.hub.HubRehearsal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes starts quick. */
@Command(
        name = "prepare",
        description = "Make starts quick: rehearse one for the JVM to remember. The launcher does it once per build.")
final class PrepareCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Console console = new Console(System.err);
        HubRehearsal rehearsal = new HubRehearsal(Workspace.of(null));
        if (rehearsal.isNeeded()) {
            rehearsal.run(console);
        }
        return 0;
    }
}
