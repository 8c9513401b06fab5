package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.crd.CrdRules;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings namespaces and CRDs that are being deleted to their end: first what they hold, then themselves. What was begun
 * before a restart is found again at the start. Every step may be repeated.
 */
public final class Endings implements AutoCloseable {
    /** Kinds whose objects hold others. */
    public static final List<KindRef> HOLDERS = List.of(KindRules.NAMESPACES, CrdKinds.CRDS);

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
    private static final int PAGE = 200;
    /** No object's name. */
    private static final String EVERY = "*";

    /** Not an object's name either: names that CRDs wait for. */
    private static final String NAMES = "?";

    private static final Duration RETRY = Duration.ofSeconds(2);

    private record Task(KindRef kind, String name, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final KubeStore store;
    private final KindCatalog catalog;
    private final Deleter deleter;
    private final Commits commits;
    private final CrdReleases releases;
    private final DelayQueue<Task> tasks = new DelayQueue<>();
    /** Names of namespaces, and plurals with groups of CRDs, whose objects wait for their finalizers. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    private @Nullable Thread worker;

    public Endings(KubeStore store, KindCatalog catalog, Deleter deleter, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.deleter = deleter;
        this.commits = new Commits(store);
        this.releases = new CrdReleases(store, catalog, clock);
    }

    public void start() {
        worker = Thread.ofVirtual().name("view-endings").start(this::run);
    }

    /** Notes a change; called by the hub, in order. */
    public void changed(StoredChange change) {
        StoredObject now = change.current();
        StoredObject any = now == null ? change.previous() : now;
        if (any != null && any.kind().equals(CrdKinds.CRDS) && releases.changed(change)) {
            soon(CrdKinds.CRDS, NAMES);
        }
        if (now != null) {
            boolean holder =
                    now.kind().equals(KindRules.NAMESPACES) || now.kind().equals(CrdKinds.CRDS);
            if (holder && isDeleting(now)) {
                soon(now.kind(), now.name());
            }
            return;
        }
        StoredObject gone = change.previous();
        if (gone != null && waiting.contains(gone.namespace())) {
            soon(KindRules.NAMESPACES, gone.namespace());
        }
        if (gone != null && waiting.contains("crd:" + gone.kind())) {
            soon(CrdKinds.CRDS, gone.kind().toString());
        }
    }

    private void soon(KindRef kind, String name) {
        tasks.add(new Task(kind, name, System.nanoTime()));
    }

    private void run() {
        try {
            releases.find();
            soon(CrdKinds.CRDS, NAMES);
            soon(KindRules.NAMESPACES, EVERY);
            soon(CrdKinds.CRDS, EVERY);
            while (true) {
                Task task = tasks.take();
                tasks.removeIf(other -> other.kind().equals(task.kind())
                        && other.name().equals(task.name())
                        && other.due() <= task.due());
                attempt(task);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void findBegun(KindRef kind) {
        if (catalog.now().find(kind) == null) {
            return;
        }
        for (StoredObject object :
                store.list(new ObjectQuery(kind, null, 0, null, 0)).objects()) {
            if (isDeleting(object)) {
                soon(kind, object.name());
            }
        }
    }

    private void attempt(Task task) {
        try {
            if (task.name().equals(NAMES)) {
                releases.again(actor());
            } else if (task.name().equals(EVERY)) {
                findBegun(task.kind());
            } else if (task.kind().equals(KindRules.NAMESPACES)) {
                endNamespace(task.name());
            } else {
                endCrd(task.name());
            }
        } catch (StoreException | ApiError e) {
            LOG.info("{} {} cannot be deleted yet: {}", task.kind(), task.name(), e.getMessage());
            long delay = RETRY.toNanos() + ThreadLocalRandom.current().nextLong(RETRY.toNanos());
            tasks.add(new Task(task.kind(), task.name(), System.nanoTime() + delay));
        } catch (RuntimeException e) {
            LOG.error("{} {} cannot be deleted", task.kind(), task.name(), e);
        }
    }

    private void endNamespace(String name) {
        StoredObject namespace = store.get(KindRules.NAMESPACES, "", name);
        if (namespace == null || !isDeleting(namespace)) {
            waiting.remove(name);
            return;
        }
        waiting.add(name);
        if (!emptied(name)) {
            return; // a removal in it brings us back
        }
        ServedKind kind = catalog.now().find(KindRules.NAMESPACES);
        if (kind == null) {
            return;
        }
        Target target = new Target(kind, kind.preferred().version(), "", name, "");
        ObjectNode object = new WireForm(target).tree(namespace);
        object.withObject("/spec").remove("finalizers");
        if (ObjectMeta.hasFinalizers(object)) {
            commits.replace(object, namespace, actor());
            return;
        }
        commits.remove(namespace, actor());
        // A creation may have been on its way past the check of its namespace.
        emptied(name);
        waiting.remove(name);
    }

    private boolean emptied(String namespace) {
        boolean empty = true;
        for (ServedKind kind : catalog.now().all()) {
            if (kind.namespaced() && !kind.isOtherView()) {
                empty &= emptied(kind, namespace);
            }
        }
        return empty;
    }

    /** Deletes all objects of a kind; whether none is left. {@code namespace} null: everywhere. */
    private boolean emptied(ServedKind kind, @Nullable String namespace) {
        boolean empty = true;
        ObjectQuery.After after = null;
        long snapshot = 0;
        while (true) {
            ObjectPage page = store.list(new ObjectQuery(kind.ref(), namespace, snapshot, after, PAGE));
            snapshot = page.snapshot();
            for (StoredObject object : page.objects()) {
                Target target = new Target(kind, kind.preferred().version(), object.namespace(), object.name(), "");
                try {
                    empty &= deleter.delete(target, actor()) == null;
                } catch (ApiError e) {
                    if (!e.reason().equals("NotFound")) {
                        throw e;
                    }
                }
            }
            if (!page.more()) {
                return empty;
            }
            StoredObject last = page.objects().getLast();
            after = new ObjectQuery.After(last.namespace(), last.name());
        }
    }

    private void endCrd(String name) {
        StoredObject stored = store.get(CrdKinds.CRDS, "", name);
        ServedKind crds = catalog.now().find(CrdKinds.CRDS);
        if (stored == null || crds == null || !isDeleting(stored)) {
            return;
        }
        Target target = new Target(crds, crds.preferred().version(), "", name, "");
        ObjectNode crd = new WireForm(target).tree(stored);
        KindRef ref = new KindRef(
                crd.path("spec").path("group").asString(""),
                crd.path("spec").path("names").path("plural").asString(name));
        ServedKind defined = catalog.now().find(ref);
        if (defined != null && defined.origin() == ServedKind.Origin.CRD) {
            waiting.add("crd:" + ref);
            if (!emptied(defined, null)) {
                return;
            }
        }
        waiting.remove("crd:" + ref);
        ArrayNode left = crd.arrayNode();
        crd.path("metadata").path("finalizers").forEach(finalizer -> {
            if (!finalizer.asString("").equals(CrdRules.CLEANUP)) {
                left.add(finalizer);
            }
        });
        if (left.isEmpty()) {
            commits.remove(stored, actor());
        } else if (left.size() != crd.path("metadata").path("finalizers").size()) {
            ObjectMeta.of(crd).set("finalizers", left);
            commits.replace(crd, stored, actor());
        }
    }

    private static boolean isDeleting(StoredObject object) {
        return ObjectMeta.isDeleting(JsonMapper.shared().readTree(object.body()));
    }

    private static Actor actor() {
        return new Actor("system:view-endings", Set.of(), UUID.randomUUID().toString(), "");
    }

    @Override
    public void close() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
