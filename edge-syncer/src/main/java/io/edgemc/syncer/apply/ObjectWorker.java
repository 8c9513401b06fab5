package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.config.DriftPolicy;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Works on one object: decides whether there is anything to do, does it, and says when to try again if it fails. */
final class ObjectWorker {
    private static final Logger log = LoggerFactory.getLogger(ObjectWorker.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(300);
    /** Trouble of the API server as a whole is said of an object only when it lasts for so many attempts. */
    private static final int PATIENCE = 3;

    private final EdgeState state;
    private final Applier applier;
    private final Remover remover;
    private final Ownership ownership;
    private final Observations observations;
    private final DueQueue queue;
    private final ApplyListener listener;
    private final Supplier<DriftPolicy> driftPolicy;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Map<ObjectKey, Integer> attempts = new ConcurrentHashMap<>();
    private final Map<ObjectKey, RepairPacing> repairs = new ConcurrentHashMap<>();

    ObjectWorker(
            EdgeState state,
            Applier applier,
            Remover remover,
            Ownership ownership,
            Observations observations,
            DueQueue queue,
            ApplyListener listener,
            Supplier<DriftPolicy> driftPolicy,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.state = state;
        this.applier = applier;
        this.remover = remover;
        this.ownership = ownership;
        this.observations = observations;
        this.queue = queue;
        this.listener = listener;
        this.driftPolicy = driftPolicy;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Earlier failures of the object count no longer. */
    void reset(ObjectKey key) {
        attempts.remove(key);
    }

    /** @param taken as it was when it was taken from the queue; what is held now counts */
    void work(Held taken) {
        Held held = state.find(taken.key()).orElse(null);
        if (held == null || held.isUnclaimed() || held.done()) {
            return;
        }
        try {
            if (held.wantsDeletion()) {
                remove(held);
            } else if (!held.isContentApplied()) {
                apply(held, "applied");
            } else {
                repair(held);
            }
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            refused(held, Refusal.of(e));
        } catch (RefusedException e) {
            refused(held, e.refusal());
        }
    }

    private void apply(Held held, String what) throws IOException, RefusedException {
        Held next = applier.apply(held);
        attempts.remove(held.key());
        store(held, next);
        line(log.atInfo(), held).log(what);
    }

    private void remove(Held held) throws IOException, RefusedException {
        Held next = remover.remove(held);
        attempts.remove(held.key());
        store(held, next);
        listener.released(held.key());
        line(log.atInfo(), held).log("deleted or released");
    }

    /** The content is applied; is it still so? */
    private void repair(Held held) throws IOException, RefusedException {
        Drift drift = observations
                .find(held.key())
                .map(seen -> Drift.of(held, seen, ownership))
                .orElse(Drift.NONE);
        boolean failedOtherwise = held.failure() != null && !held.failedBy("drifted");
        if (drift == Drift.NONE && !failedOtherwise) {
            if (held.failure() != null) {
                store(held, held.cleared());
            }
            return;
        }
        if (drift == Drift.CHANGED && driftPolicy.get() != DriftPolicy.CORRECT) {
            throw new RefusedException(Applier.drifted());
        }
        long now = nanoTime.getAsLong();
        RepairPacing before = repairs.get(held.key());
        Duration wait = before == null ? Duration.ZERO : before.delay(now);
        if (wait.isPositive()) {
            queue.add(held.key(), wait);
            return;
        }
        apply(held, "repaired");
        repairs.put(held.key(), RepairPacing.after(before, now));
    }

    /** Unless the hub asks for something else meanwhile, which is then in the queue. */
    private void store(Held workedOn, Held next) {
        try {
            state.update(workedOn, now -> next);
        } catch (IOException e) {
            throw new UncheckedIOException("the state cannot be written", e);
        }
    }

    private void refused(Held held, Refusal raw) {
        Refusal refusal = withoutSecrets(held, raw);
        int attempt = attempts.merge(held.key(), 1, Integer::sum);
        if (!refusal.transientTrouble() || attempt >= PATIENCE) {
            store(held, held.failed(refusal.at(clock.instant())));
        }
        if (refusal.retryable()) {
            queue.add(held.key(), pause(attempt, refusal));
        }
        if (attempt == 1 || attempt == PATIENCE) {
            line(log.atWarn(), held)
                    .addKeyValue(LogKeys.REASON, refusal.reason())
                    .log(refusal.message());
        }
    }

    /** The API server quotes values that it refuses. */
    private static Refusal withoutSecrets(Held held, Refusal refusal) {
        boolean secret = held.key().group().isEmpty() && held.key().resource().equals("secrets");
        return secret && refusal.reason().equals("invalid")
                ? Refusal.lasting(
                        "invalid", "the API server refuses this Secret; its message may quote it and is withheld")
                : refusal;
    }

    private Duration pause(int attempt, Refusal refusal) {
        long ceiling = Math.min(refusal.longest().toMillis(), FIRST_RETRY.toMillis() << Math.min(attempt - 1, 20));
        long millis = ceiling / 2 + random.nextLong(ceiling / 2 + 1);
        long told = refusal.told().map(Duration::toMillis).orElse(0L);
        return Duration.ofMillis(Math.max(millis, told));
    }

    private LoggingEventBuilder line(LoggingEventBuilder builder, Held held) {
        return builder.addKeyValue(LogKeys.OBJECT, held.key().text())
                .addKeyValue(LogKeys.REVISION, state.accepted().revision())
                .addKeyValue(LogKeys.TRACE_ID, LogKeys.traceId(held.trace()));
    }

    /** Drops what is kept of an object that is held no more. */
    void forget(ObjectKey key) {
        attempts.remove(key);
        repairs.remove(key);
    }
}
