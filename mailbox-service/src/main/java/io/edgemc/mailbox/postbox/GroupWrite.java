package io.edgemc.mailbox.postbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes of many callers in few transactions: whoever comes while one runs goes with the next. A caller alone waits for nobody.
 * Thread-safe.
 */
public final class GroupWrite<T> {
    private final int most;
    private final Consumer<List<T>> transaction;
    private final Queue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param most items of one transaction
     * @param transaction stores all items in one transaction, or throws and stores none
     */
    public GroupWrite(int most, Consumer<List<T>> transaction) {
        this.most = most;
        this.transaction = transaction;
    }

    private static final class Waiting<T> {
        private final T item;
        private boolean over;
        private @Nullable RuntimeException failure;

        Waiting(T item) {
            this.item = item;
        }
    }

    /** Returns when the item is stored; throws what the transaction threw. Items of one thread are stored in their order. */
    public void write(T item) {
        Waiting<T> mine = new Waiting<>(item);
        queue.add(mine);
        turn.lock();
        try {
            while (!mine.over) {
                store(next());
            }
        } finally {
            turn.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    /** How many items wait for the next transaction. */
    public int waiting() {
        return queue.size();
    }

    private List<Waiting<T>> next() {
        List<Waiting<T>> some = new ArrayList<>();
        for (Waiting<T> one = queue.poll(); one != null; one = some.size() < most ? queue.poll() : null) {
            some.add(one);
        }
        return some;
    }

    private void store(List<Waiting<T>> some) {
        RuntimeException failure = null;
        try {
            transaction.accept(some.stream().map(one -> one.item).toList());
        } catch (DataIntegrityViolationException refused) {
            if (some.size() > 1) {
                // What the database does not like of one is not the others' fault.
                some.forEach(one -> store(List.of(one)));
                return;
            }
            failure = refused;
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Waiting<T> one : some) {
            one.failure = failure;
            one.over = true;
        }
    }
}
