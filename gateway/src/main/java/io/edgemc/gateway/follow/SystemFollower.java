package io.edgemc.gateway.follow;

import io.edgemc.gateway.access.HubState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Follows Spaces and AccessGrants by list and watch, each in a thread of its own. While placement-service is away the
 * last state holds: nobody else can change it. Until the first list there is none, and nothing is allowed.
 */
public final class SystemFollower implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SystemFollower.class);
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    /** As long as nothing is known nobody is let in, so that a start waits for this. */
    private static final int LONGEST_FIRST_PAUSE_MILLIS = 250;

    private final SystemClient client;
    private final Followed spaces = new Followed("spaces");
    private final Followed grants = new Followed("accessgrants");
    private volatile Optional<HubState> state = Optional.empty();
    private volatile boolean running;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile Runnable firstState = () -> {};
    private List<Thread> threads = List.of();

    public SystemFollower(SystemClient client) {
        this.client = client;
    }

    /** One resource and what is known of it; guarded by the follower's lock. */
    private record Followed(String resource, FollowedObjects objects) {
        Followed(String resource) {
            this(resource, new FollowedObjects());
        }
    }

    /** What is known, empty before the first lists. */
    public Optional<HubState> state() {
        return state;
    }

    /** Told once, when the first state is known. */
    public void onFirstState(Runnable listener) {
        firstState = listener;
    }

    /**
     * Reads all again, now: whoever changed {@code /system} through this gateway finds the change in force when the
     * answer arrives.
     *
     * @throws IOException when placement-service does not answer; the watches will tell later
     */
    public void refresh() throws IOException, InterruptedException {
        list(spaces);
        list(grants);
    }

    @Override
    public void start() {
        running = true;
        stopped = new CountDownLatch(1);
        threads = List.of(follow(spaces), follow(grants));
    }

    private Thread follow(Followed followed) {
        return Thread.ofVirtual().name("follow-" + followed.resource()).start(() -> run(followed));
    }

    private void run(Followed followed) {
        int pause = FIRST_PAUSE_MILLIS;
        boolean listFirst = true;
        while (running) {
            try {
                if (listFirst) {
                    list(followed);
                }
                listFirst = !watch(followed);
                pause = FIRST_PAUSE_MILLIS;
            } catch (IOException e) {
                if (!running) {
                    return;
                }
                listFirst = true;
                log.warn("Cannot follow {} now: {}", followed.resource(), Reason.of(e));
                pause = Math.min(pause * 2, state.isEmpty() ? LONGEST_FIRST_PAUSE_MILLIS : LONGEST_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (!rest(pause)) {
                return;
            }
        }
    }

    /** Returns false when it is time to stop. */
    private boolean rest(int pauseMillis) {
        try {
            int jittered = ThreadLocalRandom.current().nextInt(pauseMillis / 2, pauseMillis);
            return !stopped.await(jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void list(Followed followed) throws IOException, InterruptedException {
        JsonNode list = client.list(followed.resource());
        List<JsonNode> items = list.path("items").valueStream().toList();
        synchronized (this) {
            if (followed.objects().replace(FollowedObjects.version(list), items)) {
                publish();
            }
        }
    }

    /** Returns whether the next watch can go on where this one ended. */
    private boolean watch(Followed followed) throws IOException, InterruptedException {
        long from;
        synchronized (this) {
            from = followed.objects().version();
        }
        return client.watch(followed.resource(), from, event -> changed(followed, event));
    }

    /** Returns whether to read on. */
    private boolean changed(Followed followed, JsonNode event) {
        String type = event.path("type").asString("");
        if (type.equals("ERROR")) {
            log.info("The watch of {} has to begin again", followed.resource());
            synchronized (this) {
                followed.objects().forgetVersion();
            }
            return false;
        }
        synchronized (this) {
            if (followed.objects().apply(type, event.path("object"))) {
                publish();
            }
        }
        return running;
    }

    private void publish() {
        Optional<List<JsonNode>> knownSpaces = spaces.objects().objects();
        Optional<List<JsonNode>> knownGrants = grants.objects().objects();
        if (knownSpaces.isPresent() && knownGrants.isPresent()) {
            boolean first = state.isEmpty();
            state = Optional.of(SystemObjects.state(knownSpaces.get(), knownGrants.get()));
            if (first) {
                firstState.run();
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server: readiness comes sooner. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4_096;
    }
}
