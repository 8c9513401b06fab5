package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops all that up started; data stays. */
@Command(name = "down", description = "Stop all that up started; data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() {
        Console console = new Console(System.out);
        console.say(new Stack(data.workspace(), console).stopAll() ? "Stopped." : "Nothing ran.");
        return 0;
    }
}
