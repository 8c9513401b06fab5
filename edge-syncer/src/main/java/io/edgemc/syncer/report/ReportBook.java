package io.edgemc.syncer.report;

import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.report.Origin;
import io.edgemc.syncer.log.LogKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the hub should know: the hash of every reported object, and what is still to be sent, at most one per object and the
 * latest. Bodies that wait are bounded; beyond that only keys wait, and the objects are read again when their turn comes. Thread-safe.
 */
public final class ReportBook {
    private static final int MAX_WAITING_BYTES = 2 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ReportBook.class);
    private static final String UNREPORTABLE = "unreportable";

    private record Reported(Origin origin, Digest hash, String trace) {}

    private final Map<ObjectKey, Reported> reported = new HashMap<>();
    private final LinkedHashMap<ObjectKey, PendingReport> pending = new LinkedHashMap<>();
    private final Map<ObjectKey, ObjectException> refused = new TreeMap<>();
    private final ReportTree tree = new ReportTree();
    private final InstantSource clock;
    private boolean collecting = true;
    private long waitingBytes;
    private boolean woken;
    private Runnable refusalsChanged = () -> {};

    public ReportBook(InstantSource clock) {
        this.clock = clock;
    }

    /** An object is in this reported form. */
    synchronized void saw(ObjectKey key, Origin origin, ObjectNode form, String trace) {
        byte[] canonical = CanonicalJson.bytes(form);
        Digest hash = Digest.sha256(canonical);
        accept(key);
        Reported before = reported.get(key);
        if (before != null && before.hash().equals(hash) && before.origin() == origin) {
            return;
        }
        index(key, new Reported(origin, hash, trace));
        if (!collecting) {
            enqueue(new PendingReport(key, origin, false, form, hash.hex(), canonical.length, now(), trace));
        }
    }

    /** An object is reported no more: it is gone, or no longer of interest. */
    synchronized void gone(ObjectKey key, String trace) {
        accept(key);
        forget(key, trace);
    }

    private void forget(ObjectKey key, String trace) {
        Reported before = reported.remove(key);
        if (before != null) {
            tree.remove(key, before.hash().hex());
            if (!collecting) {
                enqueue(new PendingReport(key, before.origin(), true, null, "", 0, now(), trace));
            } else {
                drop(key);
            }
        }
    }

    /**
     * An object is there and cannot be reported. The hub then has nothing of it rather than something old, and is told why by
     * {@link #refused}.
     */
    synchronized void refuse(ObjectKey key, RuntimeException cause) {
        ObjectException before = refused.get(key);
        String message = "cannot be reported: "
                + (cause instanceof UnreportableException ? cause.getMessage() : cause.toString());
        if (before == null || !before.message().equals(message)) {
            log.atWarn().setCause(cause).addKeyValue(LogKeys.OBJECT, key.text()).log("an object cannot be reported");
            String since = before == null ? now() : before.since();
            refused.put(key, new ObjectException(key, UNREPORTABLE, message, false, null, since));
            refusalsChanged.run();
        }
        forget(key, "");
    }

    /** What is there and cannot be reported. */
    public synchronized List<ObjectException> refused() {
        return List.copyOf(refused.values());
    }

    /** Called, under this book's lock, when {@link #refused} gives something else than before. */
    public synchronized void onRefusals(Runnable listener) {
        refusalsChanged = listener;
    }

    private void accept(ObjectKey key) {
        if (refused.remove(key) != null) {
            refusalsChanged.run();
        }
    }

    /** Whether the object is reported, or would be if it could. */
    public synchronized boolean knows(ObjectKey key) {
        return reported.containsKey(key) || refused.containsKey(key);
    }

    /** Reported objects that satisfy a condition, and those that cannot be reported, which count as upsynced. */
    public synchronized List<ObjectKey> keys(BiPredicate<ObjectKey, Origin> wanted) {
        List<ObjectKey> keys = new ArrayList<>();
        reported.forEach((key, r) -> {
            if (wanted.test(key, r.origin())) {
                keys.add(key);
            }
        });
        refused.keySet().stream().filter(key -> wanted.test(key, Origin.UPSYNC)).forEach(keys::add);
        return keys;
    }

    /** The first lists are in, so from now on every change is to be sent. */
    synchronized void begin() {
        collecting = false;
        notifyAll();
    }

    /** What a reconciliation starts with. */
    record Summary(String root, int count, List<String> buckets) {}

    synchronized Summary summary() {
        return new Summary(tree.root(), tree.count(), tree.buckets());
    }

    /** The content of some buckets. */
    synchronized List<Bucket> buckets(Set<Integer> indexes) {
        Map<Integer, Map<String, String>> found = new TreeMap<>();
        indexes.forEach(index -> found.put(index, new TreeMap<>()));
        reported.forEach((key, r) -> {
            Map<String, String> bucket = found.get(ReportTree.bucket(key));
            if (bucket != null) {
                bucket.put(key.text(), r.hash().hex());
            }
        });
        return found.entrySet().stream()
                .map(bucket -> new Bucket(bucket.getKey(), bucket.getValue()))
                .toList();
    }

    /** The hub lacks these. */
    synchronized void resend(List<ObjectKey> keys) {
        for (ObjectKey key : keys) {
            Reported r = reported.get(key);
            if (r != null && !pending.containsKey(key)) {
                enqueue(new PendingReport(key, r.origin(), false, null, r.hash().hex(), 0, now(), r.trace()));
            }
        }
    }

    /** Lets who waits in {@link #take} look up: the session is another one. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /**
     * Takes the oldest waiting ones, waiting for the first for a while.
     *
     * @param gather wait after the first, for more to come along
     */
    synchronized List<PendingReport> take(int max, Duration wait, Duration gather) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (pending.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || woken) {
                woken = false;
                return List.of();
            }
            wait(Math.max(1, left / 1_000_000));
        }
        long gathered = System.nanoTime() + gather.toNanos();
        for (long left = gather.toMillis(); left > 0 && pending.size() < max; ) {
            wait(left);
            left = (gathered - System.nanoTime()) / 1_000_000;
        }
        List<PendingReport> taken = new ArrayList<>();
        Iterator<PendingReport> oldest = pending.values().iterator();
        while (oldest.hasNext() && taken.size() < max) {
            PendingReport next = oldest.next();
            waitingBytes -= next.size();
            taken.add(next);
            oldest.remove();
        }
        return taken;
    }

    /** They could not be sent; newer ones of the same objects stay. */
    synchronized void putBack(List<PendingReport> unsent) {
        for (PendingReport report : unsent) {
            if (!pending.containsKey(report.key())) {
                enqueue(report);
            }
        }
    }

    /** How many objects wait. */
    synchronized int waiting() {
        return pending.size();
    }

    /** An object that was read again for sending is in this form. */
    synchronized void refresh(ObjectKey key, Origin origin, Digest hash, String trace) {
        index(key, new Reported(origin, hash, trace));
    }

    private void index(ObjectKey key, Reported now) {
        Reported before = reported.put(key, now);
        if (before != null) {
            tree.remove(key, before.hash().hex());
        }
        tree.add(key, now.hash().hex());
    }

    private void enqueue(PendingReport report) {
        drop(report.key());
        PendingReport kept = waitingBytes + report.size() > MAX_WAITING_BYTES ? report.light() : report;
        pending.put(report.key(), kept);
        waitingBytes += kept.size();
        notifyAll();
    }

    private void drop(ObjectKey key) {
        PendingReport before = pending.remove(key);
        if (before != null) {
            waitingBytes -= before.size();
        }
    }

    private String now() {
        return clock.instant().toString();
    }
}
