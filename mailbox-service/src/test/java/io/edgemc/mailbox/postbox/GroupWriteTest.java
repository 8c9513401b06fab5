package io.edgemc.mailbox.postbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataIntegrityViolationException;

@Timeout(60)
class GroupWriteTest {
    private final List<List<Integer>> stored = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void who_comes_alone_is_stored_alone() {
        GroupWrite<Integer> writes = new GroupWrite<>(10, stored::add);
        writes.write(1);
        writes.write(2);
        assertThat(stored).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void who_comes_while_a_transaction_runs_goes_with_the_next_in_bounded_groups() throws Exception {
        // Given a transaction that runs
        GroupWrite<Integer> writes = new GroupWrite<>(4, this::storeSlowly);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // When six more come
            List<CompletableFuture<Void>> callers = whileOneIsStored(writes, 6, threads);
            callers.forEach(CompletableFuture::join);
        }
        // Then each is stored once, four at most at a time, in their order
        assertThat(stored).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void one_that_the_database_does_not_like_fails_alone() throws Exception {
        // Given a transaction that runs
        GroupWrite<Integer> writes = new GroupWrite<>(10, items -> {
            storeSlowly(items);
            if (items.contains(2)) {
                stored.removeLast();
                throw new DataIntegrityViolationException("no 2");
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // When three come, one of them bad
            List<CompletableFuture<Void>> callers = whileOneIsStored(writes, 3, threads);
            // Then it alone hears of it
            callers.get(1).join();
            callers.get(3).join();
            assertThatThrownBy(callers.get(2)::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(DataIntegrityViolationException.class);
        }
        assertThat(stored).containsExactly(List.of(0), List.of(1), List.of(3));
    }

    @Test
    void a_database_that_is_away_is_told_to_all_and_not_asked_for_each() {
        List<Integer> asked = new ArrayList<>();
        GroupWrite<Integer> writes = new GroupWrite<>(10, items -> {
            asked.addAll(items);
            throw new IllegalStateException("away");
        });
        assertThatThrownBy(() -> writes.write(1)).hasMessage("away");
        assertThat(asked).containsExactly(1);
    }

    /** Callers with the items 0 to {@code more}; all but the first come one after the other while its transaction runs. */
    private List<CompletableFuture<Void>> whileOneIsStored(
            GroupWrite<Integer> writes, int more, ExecutorService threads) throws InterruptedException {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        callers.add(CompletableFuture.runAsync(() -> writes.write(0), threads));
        begun.await();
        for (int i = 1; i <= more; i++) {
            int item = i;
            callers.add(CompletableFuture.runAsync(() -> writes.write(item), threads));
            while (writes.waiting() < i) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        return callers;
    }

    private void storeSlowly(List<Integer> items) {
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        stored.add(items);
    }
}
