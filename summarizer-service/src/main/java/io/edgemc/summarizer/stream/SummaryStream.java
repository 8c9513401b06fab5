package io.edgemc.summarizer.stream;

import io.edgemc.bus.BusSettings;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.wire.SummarizerTopics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the topology for as long as the application runs. When the stream ends by a failure, what it had not committed is undone
 * by the broker, and it is started again after a pause; meanwhile it is told as down. Thread-safe.
 */
public final class SummaryStream implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SummaryStream.class);
    private static final int FIRST_PAUSE_MILLIS = 200;
    private static final int LONGEST_PAUSE_MILLIS = 15_000;
    private static final int ADMIN_TIMEOUT_MILLIS = 10_000;
    private static final long CATCH_UP_CHECK_MILLIS = 100;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final StreamSettings settings;
    private final BusSettings bus;
    private final SummarizerTopics topics;
    private final DefinitionSet definitions;
    private final DeadLetterWriter deadLetters;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private volatile @Nullable Thread thread;
    private volatile @Nullable KafkaStreams streams;
    private volatile String problem = "not started";
    private volatile boolean caughtUp;

    private SummaryStream(
            StreamSettings settings,
            BusSettings bus,
            SummarizerTopics topics,
            DefinitionSet definitions,
            DeadLetterWriter deadLetters) {
        this.settings = settings;
        this.bus = bus;
        this.topics = topics;
        this.definitions = definitions;
        this.deadLetters = deadLetters;
    }

    /** A stream that is not started yet. */
    public static SummaryStream create(
            StreamSettings settings,
            BusSettings bus,
            SummarizerTopics topics,
            DefinitionSet definitions,
            MeterRegistry meters,
            Clock clock) {
        return new SummaryStream(
                settings, bus, topics, definitions, new DeadLetterWriter(topics.deadLetters(), meters, clock));
    }

    /**
     * How the stream is.
     *
     * @param up it runs, or its partitions are just being shared out anew
     * @param caughtUp it has processed what was there when it started
     * @param detail for people
     */
    public record Condition(boolean up, boolean caughtUp, String detail) {}

    /** Never blocks. */
    public Condition condition() {
        KafkaStreams running = streams;
        if (running == null) {
            return new Condition(false, false, problem);
        }
        State state = running.state();
        boolean up = state == State.RUNNING || state == State.REBALANCING;
        return new Condition(up, up && caughtUp, state + (caughtUp ? "" : ", still reads what was there at its start"));
    }

    /** The running stream, null while there is none. */
    @Nullable
    KafkaStreams streams() {
        return streams;
    }

    @Override
    public void start() {
        CountDownLatch stop = new CountDownLatch(1);
        stopped = stop;
        thread = Thread.ofPlatform().name("summary-stream").start(() -> keepRunning(stop));
    }

    private void keepRunning(CountDownLatch stop) {
        int pause = FIRST_PAUSE_MILLIS;
        try {
            do {
                if (runOnce(stop)) {
                    pause = FIRST_PAUSE_MILLIS;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } while (!stop.await(ThreadLocalRandom.current().nextInt(pause / 4, pause), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the stream has ended; says whether it ever caught up. */
    private boolean runOnce(CountDownLatch stop) throws InterruptedException {
        caughtUp = false;
        try (Admin admin = Admin.create(adminProperties())) {
            InputTopics inputs = new InputTopics(topics, admin);
            run(inputs, stop);
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            problem = "the stream cannot run: " + (e.getCause() == null ? e : e.getCause()).getMessage();
            log.warn("{}", problem);
        }
        return caughtUp;
    }

    private void run(InputTopics inputs, CountDownLatch stop) throws ExecutionException, InterruptedException {
        int partitions = inputs.partitions();
        Properties properties = new Properties();
        properties.putAll(StreamProperties.of(settings, bus, deadLetters));
        KafkaStreams started = new KafkaStreams(
                SummarizerTopology.build(topics, definitions, partitions, settings.keepMarks()), properties);
        CountDownLatch end = new CountDownLatch(1);
        ended = end;
        if (stop.getCount() == 0) {
            return;
        }
        started.setStateListener((now, before) -> {
            if (now == State.ERROR || now == State.NOT_RUNNING) {
                end.countDown();
            }
        });
        started.setUncaughtExceptionHandler(failure -> {
            log.error("The stream ends, and starts again from its last commit", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        try {
            Map<TopicPartition, Long> ends = inputs.ends();
            started.start();
            streams = started;
            awaitCatchUp(inputs, ends);
            ended.await();
        } finally {
            problem = "the stream has ended";
            streams = null;
            // Others take over at once instead of after the session's time-out.
            started.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    private void awaitCatchUp(InputTopics inputs, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        while (!ended.await(CATCH_UP_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            KafkaStreams running = streams;
            if (running != null
                    && running.state() == State.RUNNING
                    && inputs.processed(settings.applicationId(), ends)) {
                caughtUp = true;
                log.info("The stream has caught up");
                return;
            }
        }
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = new HashMap<>(bus.client());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bus.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-start");
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS / 2);
        return properties;
    }

    @Override
    public void stop() {
        stopped.countDown();
        ended.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(CLOSE.plusSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** After the topics have been made, before requests are served. */
    @Override
    public int getPhase() {
        return 0;
    }
}
