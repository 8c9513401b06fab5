package io.edgemc.cli.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What a command tells people while it works: one line a step, with the time it took. */
public final class Console {
    private final PrintStream out;
    private final long began = System.nanoTime();

    public Console(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A line with the seconds since the command began. */
    public void progress(String line) {
        say(String.format(Locale.ROOT, "[%5.1f s] %s", seconds(), line));
    }

    /** Seconds since the command began. */
    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
