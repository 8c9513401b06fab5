package io.edgemc.mailbox.delivery;

import io.edgemc.mailbox.listener.AgentReply;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Polls that wait for something new, one per cluster at most. None holds a thread. Thread-safe. */
public final class ParkedPolls implements MailboxIndex.Listener {
    private static final Map<String, String> COME_BACK = Map.of("retry-after", "1");

    private final Map<String, Poll> polls = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** A poll that waits; whoever {@link #take}s it answers it. */
    static final class Poll {
        private final String clusterUid;
        private final long epoch;
        private final long revision;
        private final AgentReply reply;
        private final Consumer<MailboxHead> moved;
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile AgentReply.@Nullable Cancellable timer;

        /**
         * @param revision of the target that the caller was told last
         * @param moved answers when the mailbox moved; called at most once
         */
        Poll(String clusterUid, long epoch, long revision, AgentReply reply, Consumer<MailboxHead> moved) {
            this.clusterUid = clusterUid;
            this.epoch = epoch;
            this.revision = revision;
            this.reply = reply;
            this.moved = moved;
        }

        void startTimer(AgentReply.Cancellable started) {
            timer = started;
            if (taken.get()) {
                started.cancel();
            }
        }

        private boolean take() {
            if (!taken.compareAndSet(false, true)) {
                return false;
            }
            AgentReply.Cancellable running = timer;
            if (running != null) {
                running.cancel();
            }
            return true;
        }

        private boolean concerns(MailboxHead head) {
            return head.epoch() != epoch || head.targetRevision() != revision;
        }
    }

    /** Parks a poll; an older one of the same cluster ends with nothing new. */
    void park(Poll poll) {
        Poll older = polls.put(poll.clusterUid, poll);
        if (older != null && older.take()) {
            older.reply.empty(Map.of());
        }
        if (stopping) {
            end(poll, COME_BACK);
        }
    }

    /** Ends a poll with nothing new, if it still waits. */
    void end(Poll poll, Map<String, String> headers) {
        if (drop(poll)) {
            poll.reply.empty(headers);
        }
    }

    /** Forgets a poll whose caller went away. */
    boolean drop(Poll poll) {
        polls.remove(poll.clusterUid, poll);
        return poll.take();
    }

    /** Answers a poll that was parked while its mailbox moved. */
    void recheck(Poll poll, MailboxHead head) {
        if (poll.concerns(head)) {
            wake(poll, head);
        }
    }

    @Override
    public void moved(MailboxHead head) {
        Poll poll = polls.get(head.clusterUid());
        if (poll != null) {
            recheck(poll, head);
        }
    }

    @Override
    public void departed(String clusterUid) {
        Poll poll = polls.get(clusterUid);
        if (poll != null) {
            end(poll, Map.of());
        }
    }

    /** From now on every poll is answered at once, with a hint to come back soon. */
    public void stop() {
        stopping = true;
        polls.values().forEach(poll -> end(poll, COME_BACK));
    }

    public int size() {
        return polls.size();
    }

    private void wake(Poll poll, MailboxHead head) {
        polls.remove(poll.clusterUid, poll);
        if (poll.take()) {
            poll.moved.accept(head);
        }
    }
}
