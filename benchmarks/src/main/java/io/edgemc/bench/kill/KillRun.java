package io.edgemc.bench.kill;

import io.edgemc.bench.hub.BenchHub;
import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.bench.measure.Samples;
import io.edgemc.cli.hub.HubApi;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays scenario A on a hub, and kills the hub at random moments while pages are placed, edited and deleted: most times at work, one
 * time in four also while it starts again. The hub has two audited edges, made by {@link KillScenario}.
 */
public final class KillRun {
    private static final Duration WRITER_LIMIT = Duration.ofSeconds(60);
    private static final int LEAST_MILLIS = 300;
    private static final int SPREAD_MILLIS = 2_000;
    private static final int START_MILLIS = 15_000;
    private static final int STARTS_KILLED_OF = 4;

    private final BenchHub hub;
    private final long seed;
    private final Samples restarts = new Samples();
    private List<Attempt> attempts = List.of();
    private volatile int life = 1;
    private int killedStarts;

    /** @param seed of the moments and of the choice of pages */
    public KillRun(BenchHub hub, long seed) {
        this.hub = hub;
        this.seed = seed;
    }

    /** Writes and kills; returns when the hub runs again and the last write is acknowledged. */
    public void play(int kills) throws InterruptedException {
        try (HubApi api = HubApi.of(hub.workspace().hub());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            PageWriter writer = new PageWriter(api, () -> life, seed);
            Future<?> writing = executor.submit(writer);
            try {
                kill(kills);
                writer.end();
                writing.get(WRITER_LIMIT.toSeconds(), TimeUnit.SECONDS);
                attempts = writer.attempts();
            } finally {
                writer.stop();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the writer did not get to its end: " + e, e);
        }
    }

    private void kill(int kills) {
        Random random = new Random(seed);
        for (int killed = 0; killed < kills; ) {
            LockSupport.parkNanos(Duration.ofMillis(LEAST_MILLIS + random.nextInt(SPREAD_MILLIS))
                    .toNanos());
            hub.kill();
            killed++;
            if (killed < kills && random.nextInt(STARTS_KILLED_OF) == 0) {
                hub.startAndKill(Duration.ofMillis(random.nextInt(START_MILLIS)));
                killedStarts++;
                killed++;
            }
            long began = System.nanoTime();
            hub.restart();
            restarts.addNanos(System.nanoTime() - began);
            life++;
            System.err.println("killed " + killed + " of " + kills);
        }
    }

    /** All that happened, read when the edges have come to rest, or do not. */
    public History history() {
        return KillScenario.history(hub, attempts);
    }

    /** How many of the kills hit a hub that was starting. */
    public int killedStarts() {
        return killedStarts;
    }

    /** From the start of the process to ready, after each kill at work. */
    public Samples restarts() {
        return restarts;
    }

    /** How many writes came to that. */
    public long count(Outcome outcome) {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
    }
}
