package io.edgemc.mailbox.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Says when contents arrive, to those that wait for some for a moment. Thread-safe. */
final class Arrivals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition another = lock.newCondition();
    private long count;

    /** How often something arrived; to be asked before one looks, and given to {@link #await} if one did not find. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    void arrived() {
        lock.lock();
        try {
            count++;
            another.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits, and nothing has arrived since. */
    boolean isAwaited() {
        lock.lock();
        try {
            return lock.hasWaiters(another);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something arrives.
     *
     * @param seen what {@link #count} was before one looked
     * @param deadline in terms of {@link System#nanoTime}
     * @return false if nothing arrived until then
     */
    boolean await(long seen, long deadline) {
        lock.lock();
        try {
            while (count == seen) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !another.await(left, TimeUnit.NANOSECONDS) && count == seen) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
