package io.edgemc.summarizer.rows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows of one summary, by key and in the order in which they last changed. A reader of changes is a number in that order, so
 * it costs no memory, and one that is slow gets the latest of each row instead of a queue. Thread-safe.
 */
final class SummaryRows {
    /** As long as a reader may be away and still be told what went; shorter than the topic keeps it. */
    static final Duration KEEP_GONE = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<String, Row> byKey = new TreeMap<>();
    private final NavigableMap<Long, Row> bySequence = new TreeMap<>();
    private int wakes;
    private Instant newest = Instant.EPOCH;

    void put(Row row) {
        lock.lock();
        try {
            Row before = byKey.put(row.key(), row);
            if (before != null) {
                bySequence.remove(before.sequence());
            }
            bySequence.put(row.sequence(), row);
            if (row.storedAt().isAfter(newest)) {
                newest = row.storedAt();
            }
            dropOldGone(row.storedAt().minus(KEEP_GONE));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the oldest changes only; what is not gone is passed over by its next change. */
    private void dropOldGone(Instant before) {
        var oldest = bySequence.values().iterator();
        for (int looked = 0; looked < 4 && oldest.hasNext(); looked++) {
            Row row = oldest.next();
            if (row.isGone() && row.storedAt().isBefore(before)) {
                oldest.remove();
                byKey.remove(row.key());
            }
        }
    }

    /** Up to so many rows after a key, in the order of keys. */
    List<Row> page(String afterKey, Map<String, String> group, int most) {
        lock.lock();
        try {
            List<Row> page = new ArrayList<>();
            for (Row row : byKey.tailMap(afterKey, false).values()) {
                if (!row.isGone() && row.matches(group)) {
                    page.add(row);
                    if (page.size() == most) {
                        break;
                    }
                }
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    /** Up to so many changes after a sequence, oldest first; what is gone is among them. */
    List<Row> changesAfter(long sequence, int most) {
        lock.lock();
        try {
            return bySequence.tailMap(sequence, false).values().stream()
                    .limit(most)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something changed after a sequence, was woken, or the time is over. */
    void awaitChange(long sequence, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            int wakesBefore = wakes;
            while (left > 0 && wakes == wakesBefore && (bySequence.isEmpty() || bySequence.lastKey() <= sequence)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all who wait. */
    void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** When the newest change was written. */
    Instant asOf() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Rows that are there. */
    long size() {
        lock.lock();
        try {
            return byKey.values().stream().filter(row -> !row.isGone()).count();
        } finally {
            lock.unlock();
        }
    }
}
