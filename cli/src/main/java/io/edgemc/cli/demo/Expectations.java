package io.edgemc.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a scenario. An expectation is asked until it holds or its time is over; either way it counts, and a scenario
 * succeeds only if all hold.
 */
public final class Expectations {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Console console;
    private final Duration limit;
    private final List<String> failures = new ArrayList<>();
    private int held;

    public Expectations(Console console) {
        this(console, LIMIT);
    }

    /** @param limit how long each expectation is asked until it holds */
    public Expectations(Console console, Duration limit) {
        this.console = console;
        this.limit = limit;
    }

    /** Expects a question to be answered by exactly {@code expected} within the limit. */
    public <T> void expect(String what, T expected, Supplier<T> question) {
        long deadline = System.nanoTime() + limit.toNanos();
        T answer = question.get();
        while (!expected.equals(answer) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = question.get();
        }
        record(what, expected.equals(answer) ? null : "expected " + expected + ", found " + answer);
    }

    /** Expects a question to be answered by yes within the limit. */
    public void expect(String what, Supplier<Boolean> question) {
        expect(what, true, question);
    }

    /** Expects something that is already final: asked once. */
    public <T> void expectNow(String what, T expected, T answer) {
        record(what, expected.equals(answer) ? null : "expected " + expected + ", found " + answer);
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    public int held() {
        return held;
    }

    private void record(String what, @Nullable String failure) {
        if (failure == null) {
            held++;
            console.progress("  ok      " + what);
        } else {
            failures.add(what + ": " + failure);
            console.progress("  BROKEN  " + what + ": " + failure);
        }
    }
}
