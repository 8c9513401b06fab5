package io.edgemc.mailbox.delivery;

import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What answers with contents may hold in memory until they are written: a few at a time for each cluster, so that none takes
 * everything, and a number of bytes for all together. Thread-safe.
 */
final class AnswerBudget {
    private final int perCluster;
    private final long limit;
    private final ConcurrentHashMap<String, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param perCluster answers of one cluster at a time
     * @param limit bytes of all answers
     */
    AnswerBudget(int perCluster, long limit) {
        this.perCluster = perCluster;
        this.limit = limit;
    }

    /**
     * Takes place for an answer; throws {@link ProblemException} if there is none.
     *
     * @return gives the place back; more than once is the same as once
     */
    Runnable take(String clusterUid, long bytes) {
        boolean[] begun = {false};
        answers.compute(clusterUid, (uid, count) -> {
            int now = count == null ? 0 : count;
            begun[0] = now < perCluster;
            return begun[0] ? Integer.valueOf(now + 1) : count;
        });
        if (!begun[0]) {
            throw new ProblemException(Problem.tooManyCalls());
        }
        if (taken.addAndGet(bytes) > limit) {
            giveBack(clusterUid, bytes);
            throw new ProblemException(Problem.busy());
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                giveBack(clusterUid, bytes);
            }
        };
    }

    /** Bytes that are held now. */
    long taken() {
        return taken.get();
    }

    private void giveBack(String clusterUid, long bytes) {
        taken.addAndGet(-bytes);
        answers.computeIfPresent(clusterUid, (uid, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
}
