package io.edgemc.bench.scale;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.measure.Row;
import java.util.List;
import java.util.Random;

/** kill -9 of the hub again and again in the middle of scenario A; fails if anything was lost, deleted or applied twice. */
public final class KillBenchmark implements Benchmark {
    private static final int KILLS = 20;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String about() {
        return "kill -9 of the hub in the middle of scenario A, 20 times at random moments, nothing lost; kill N: N times";
    }

    @Override
    public List<Row> run() {
        return run(List.of());
    }

    @Override
    public List<Row> run(List<String> options) {
        int kills = options.isEmpty() ? KILLS : Integer.parseInt(options.getFirst());
        long seed = new Random().nextLong();
        System.err.println("seed " + seed);
        KillRun.Outcome outcome;
        try {
            outcome = new KillRun(kills, seed).play(name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        outcome.faults().forEach(fault -> System.err.println("FAULT " + fault));
        if (!outcome.faults().isEmpty()) {
            throw new IllegalStateException(outcome.faults().size() + " faults with seed " + seed);
        }
        return List.of(new Row(
                "kill",
                kills + " × kill -9 of the hub in scenario A, seed " + seed,
                "no acknowledged write lost, nothing deleted, nothing applied twice",
                outcome.acknowledgedWrites() + " acknowledged edits, all there; no fault"));
    }
}
