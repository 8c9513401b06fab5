package io.edgemc.gateway.audit;

import io.edgemc.api.json.ApiJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * An append-only log of mutations and refusals: JSON lines, forced to the disk in batches by one thread. When it cannot
 * be written, {@link #isWritable()} says so and no mutation is let through until it can. Thread-safe.
 */
public final class AuditLog implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int QUEUE = 10_000;
    private static final int BATCH = 1_000;
    private static final int RETRY_SECONDS = 1;
    /** Wakes the writer when it is time to stop; never written. */
    private static final AuditRecord END =
            new AuditRecord(Instant.EPOCH, "end", "end", "", null, null, "end", null, "", "end", null, 0);

    private static final Waiting LAST = new Waiting(END, new Receipt());
    private static final byte[] NEW_LINE = {'\n'};

    private record Waiting(AuditRecord entry, Receipt receipt) {}

    private final AuditFile file;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean running;
    private volatile boolean writable = true;
    /** Time of the oldest record that the writer holds and that is not on the disk. */
    private volatile @Nullable Instant oldestInHand;

    private volatile CountDownLatch retry = new CountDownLatch(1);
    private @Nullable Thread writer;

    public AuditLog(AuditFile file) {
        this.file = file;
    }

    /** Whether what is recorded reaches the disk. */
    public boolean isWritable() {
        return writable;
    }

    /** How many records are not on the disk yet, but for those that are just being written. */
    public int waiting() {
        return queue.size();
    }

    /** How long the oldest record that is not on the disk has waited; zero if all are. */
    public Duration age(Instant now) {
        Instant oldest = oldestInHand;
        if (oldest == null) {
            Waiting next = queue.peek();
            oldest = next == null || next == LAST ? null : next.entry().at();
        }
        return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
    }

    /** Hands a record over; waits while the disk is behind, so that none is lost. */
    public Receipt record(AuditRecord entry) {
        Receipt receipt = new Receipt();
        try {
            queue.put(new Waiting(entry, receipt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("An audit record was lost by an interruption: requestId={}", entry.requestId());
        }
        return receipt;
    }

    /** Hands a record over that may be lost; false, at once, if the disk is behind. */
    boolean offer(AuditRecord entry) {
        return queue.offer(new Waiting(entry, new Receipt()));
    }

    @Override
    public void start() {
        running = true;
        retry = new CountDownLatch(1);
        writer = Thread.ofPlatform().name("audit-log").daemon().start(this::run);
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (running || !queue.isEmpty() || !batch.isEmpty()) {
            try {
                await(batch);
                write(batch);
            } catch (InterruptedException e) {
                log.error("The audit log is interrupted, and goes on");
            }
        }
    }

    private void await(List<Waiting> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            Waiting first = running ? queue.take() : queue.poll();
            if (first != null) {
                batch.add(first);
            }
        }
        queue.drainTo(batch, Math.max(0, BATCH - batch.size()));
        batch.removeIf(waiting -> waiting == LAST);
        oldestInHand = batch.isEmpty() ? null : batch.getFirst().entry().at();
    }

    /** Empties the batch, or keeps it for the next attempt. */
    private void write(List<Waiting> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 256);
        for (Waiting waiting : batch) {
            lines.writeBytes(ApiJson.MAPPER.writeValueAsBytes(waiting.entry()));
            lines.writeBytes(NEW_LINE);
        }
        try {
            file.append(ByteBuffer.wrap(lines.toByteArray()));
            batch.forEach(waiting -> waiting.receipt().onDisk());
            batch.clear();
            oldestInHand = null;
            writable = true;
        } catch (IOException e) {
            if (writable) {
                log.error("The audit log cannot be written, mutations are refused until it can: {}", e.getMessage());
            }
            writable = false;
            batch.forEach(waiting -> waiting.receipt().refused());
            if (!running) {
                batch.clear();
                queue.clear();
                return;
            }
            retry.await(RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        running = false;
        retry.countDown();
        Thread thread = writer;
        if (thread == null) {
            return;
        }
        // Not by an interruption, which would close the file; when the queue is full, the writer is awake anyway.
        queue.offer(LAST);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server, so that the last requests are on record. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 8_192;
    }
}
