package io.edgemc.bench.kill;

import io.edgemc.bench.Benchmark;
import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.measure.Row;
import java.util.List;
import java.util.Locale;
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
        return "kill -9 of the hub in the middle of scenario A, 20 times at random moments, nothing lost;"
                + " kill N [SEED]: N times, at the moments of an earlier run";
    }

    @Override
    public List<Row> run() {
        return run(List.of());
    }

    @Override
    public List<Row> run(List<String> options) {
        int kills = options.isEmpty() ? KILLS : Integer.parseInt(options.getFirst());
        long seed = options.size() > 1 ? Long.parseLong(options.get(1)) : new Random().nextLong();
        System.err.println("seed " + seed);
        long began = System.nanoTime();
        try (BenchHub hub = BenchHub.startAudited(BenchHub.prepare(name()))) {
            KillScenario.place(hub);
            KillRun run = new KillRun(hub, seed);
            run.play(kills);
            History history = run.history();
            List<Fault> faults = HistoryCheck.faults(history);
            faults.forEach(fault -> System.err.println("FAULT " + fault));
            if (!faults.isEmpty()) {
                throw new IllegalStateException(faults.size() + " faults with seed " + seed);
            }
            return rows(kills, seed, run, history, (System.nanoTime() - began) / 1_000_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Row> rows(int kills, long seed, KillRun run, History history, long seconds) {
        long deletions = history.attempts().stream()
                .filter(attempt -> attempt.value().isEmpty() && attempt.outcome() == Outcome.ACKNOWLEDGED)
                .count();
        long applies = history.edges().stream()
                .flatMap(edge -> edge.requests().stream())
                .filter(Applied.class::isInstance)
                .count();
        return List.of(
                row(
                        "kills with kill -9 of the hub (seed " + seed + ")",
                        "",
                        kills + ", " + run.killedStarts() + " of them of a hub that was starting; " + seconds
                                + " s in all"),
                row(
                        "acknowledged writes lost",
                        "0",
                        String.format(
                                Locale.ROOT,
                                "0 of %d (%d deletions), in the space and at both edges; %d without an answer",
                                run.count(Outcome.ACKNOWLEDGED),
                                deletions,
                                run.count(Outcome.UNKNOWN))),
                row(
                        "applies without a change, by the audit logs of both API servers",
                        "0",
                        "0 of " + applies + ", each with a body of its own, none older than the one before"),
                row("deletions at the edges without one in the space", "0", "0"),
                row("start after a kill, to ready", "20 s", run.restarts().distribution()));
    }

    private static Row row(String what, String aim, String measured) {
        return new Row("kill", what, aim, measured);
    }
}
