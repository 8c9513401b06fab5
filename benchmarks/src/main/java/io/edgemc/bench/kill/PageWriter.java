package io.edgemc.bench.kill;

import io.edgemc.bench.kill.Attempt.Outcome;
import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.hub.HubApi;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Writes pages into space {@code common} without a pause, whatever becomes of the hub: each life of the hub gets a page of its own,
 * with a placement; pages are edited at random; every other one is deleted in the next life. One thread.
 */
final class PageWriter implements Runnable {
    private static final String PATH = "/spaces/common/api/v1/namespaces/commonstuff/configmaps";
    private static final String PLACEMENTS = "/spaces/common/apis/edge-mc.io/v1alpha1/edgeplacements";
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long AWAY_NANOS = 100_000_000;
    private static final int DELETED_OF = 2;

    private final HubApi api;
    private final IntSupplier life;
    private final Random random;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> live = new ArrayList<>();
    private int made;
    private boolean created;
    private long next;
    private volatile boolean ending;
    private volatile boolean stopped;

    /** @param life number of the hub's present life, from 1 */
    PageWriter(HubApi api, IntSupplier life, long seed) {
        this.api = api;
        this.life = life;
        this.random = new Random(seed);
    }

    /** Lets it finish what it has begun, and edit every page once more. */
    void end() {
        ending = true;
    }

    /** Ends it where it is: there is no hub any more. */
    void stop() {
        stopped = true;
    }

    /** What it did; to be read when it has ended. */
    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public void run() {
        while (!stopped && (!ending || made < life.getAsInt() || doomed().isPresent())) {
            step();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        for (String name : live) {
            while (!stopped && edit(name) != Outcome.ACKNOWLEDGED) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void step() {
        Optional<String> doomed = doomed();
        if (made < life.getAsInt()) {
            make(History.PAGE + (made + 1));
        } else if (doomed.isPresent()) {
            delete(doomed.get());
        } else {
            edit(live.get(random.nextInt(live.size())));
        }
    }

    /** A page that is to be deleted; it is not edited any more. */
    private Optional<String> doomed() {
        return live.stream()
                .filter(name -> {
                    int number = Integer.parseInt(name.substring(History.PAGE.length()));
                    return number % DELETED_OF == 0 && number < made;
                })
                .findFirst();
    }

    private void make(String name) {
        if (!created) {
            long value = ++next;
            Answered answered = ask(() -> api.post(PATH, page(name, value)));
            attempts.add(Attempt.write(name, value, answered.outcome()));
            // 409: an earlier attempt without an answer had succeeded.
            created = answered.succeeded() || answered.status() == 409;
        } else {
            Answered answered = ask(() -> api.post(PLACEMENTS, placement(name)));
            if (answered.succeeded() || answered.status() == 409) {
                live.add(name);
                made++;
                created = false;
            }
        }
    }

    private Outcome edit(String name) {
        long value = ++next;
        Outcome outcome =
                ask(() -> api.put(PATH + "/" + name, page(name, value))).outcome();
        attempts.add(Attempt.write(name, value, outcome));
        return outcome;
    }

    private void delete(String name) {
        Answered answered = ask(() -> api.delete(PATH + "/" + name));
        attempts.add(Attempt.delete(name, answered.outcome()));
        // 404: an earlier attempt without an answer had succeeded; if there was none, the check will say that the page
        // is lost.
        if (answered.succeeded() || answered.status() == 404) {
            live.remove(name);
        }
    }

    /** @param status of HTTP; 0 if there was no answer */
    private record Answered(int status, Outcome outcome) {
        boolean succeeded() {
            return outcome == Outcome.ACKNOWLEDGED;
        }
    }

    private static Answered ask(Supplier<HubApi.Answer> call) {
        try {
            HubApi.Answer answer = call.get();
            Outcome outcome = answer.succeeded()
                    ? Outcome.ACKNOWLEDGED
                    : answer.status() < 500 ? Outcome.REFUSED : Outcome.UNKNOWN;
            return new Answered(answer.status(), outcome);
        } catch (CommandFailure away) {
            if (!(away.getCause() instanceof ConnectException)) {
                return new Answered(0, Outcome.UNKNOWN);
            }
            // Nobody listened, so nobody can have done it.
            LockSupport.parkNanos(AWAY_NANOS);
            return new Answered(0, Outcome.REFUSED);
        }
    }

    private static String page(String name, long value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"count\":\"" + value + "\"}}";
    }

    private static String placement(String name) {
        return """
                {"apiVersion":"edge-mc.io/v1alpha1","kind":"EdgePlacement","metadata":{"name":"%1$s"},
                 "spec":{"locationSelectors":[{"matchLabels":{"env":"prod"}}],
                         "downsync":[{"apiGroup":"","resources":["configmaps"],"namespaces":["commonstuff"],
                                      "objectNames":["%1$s"]}]}}
                """.formatted(name);
    }
}
