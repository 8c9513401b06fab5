package io.edgemc.syncer.watch;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.apply.Sightings;
import io.edgemc.syncer.config.SyncerConfig;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.Follower;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.life.KeptRunning;
import io.edgemc.syncer.life.Signal;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.report.ReportBook;
import io.edgemc.syncer.report.Reporter;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One watch for each kind in use, and none for others: kinds of held objects, and kinds that are upsynced. Thread-safe. */
public final class WatchSet {
    private record Running(ResourceType type, KindWatch watch, Thread thread) {}

    private final EdgeState state;
    private final KubeClient kube;
    private final Discovery discovery;
    private final Supplier<SyncerConfig> config;
    private final KindWatch.Audience audience;
    private final ThreadFactory threads;
    private final StopSignal stop;
    private final Signal listed = new Signal();
    private final Map<GroupResource, Running> running = new HashMap<>();

    /** @param kindsInDoubt called when the API server may serve other kinds than was discovered */
    public WatchSet(
            EdgeState state,
            KubeClient kube,
            Discovery discovery,
            Supplier<SyncerConfig> config,
            Sightings sightings,
            Reporter reporter,
            ReportBook book,
            Runnable kindsInDoubt,
            ThreadFactory threads,
            StopSignal stop) {
        this.state = state;
        this.kube = kube;
        this.discovery = discovery;
        this.config = config;
        this.threads = threads;
        this.stop = stop;
        this.audience = new KindWatch.Audience(state, config, sightings, reporter, book, listed::raise, kindsInDoubt);
    }

    /** Starts and ends watches so that they fit what is held and selected now. */
    public synchronized void refresh() {
        Map<GroupResource, ResourceType> wanted = wanted();
        Iterator<Map.Entry<GroupResource, Running>> old = running.entrySet().iterator();
        while (old.hasNext()) {
            Map.Entry<GroupResource, Running> entry = old.next();
            if (!entry.getValue().type().equals(wanted.get(entry.getKey()))) {
                entry.getValue().thread().interrupt();
                old.remove();
            }
        }
        wanted.forEach((kind, type) -> running.computeIfAbsent(kind, k -> start(type)));
        listed.raise();
    }

    /** Another selection: kinds that are upsynced are listed anew, so that what it newly covers is seen. */
    public synchronized void relist() {
        running.values().removeIf(watch -> {
            boolean concerned = config.get().upsyncs(watch.type().groupResource());
            if (concerned) {
                watch.thread().interrupt();
            }
            return concerned;
        });
        refresh();
    }

    /** Waits until there is a target and each watch that it needs has listed once; false if that takes longer. */
    public boolean awaitListed(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isListed()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || stop.isStopped()) {
                return false;
            }
            try {
                listed.await(
                        Duration.ofNanos(Math.min(left, Duration.ofSeconds(5).toNanos())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /**
     * Whether it is known which objects there are: before that, a comparison with the hub would tell it that they are gone. Needs
     * a target, since only that says which kinds count, and discovery.
     */
    private synchronized boolean isListed() {
        return discovery.isKnown()
                && !state.accepted().state().isEmpty()
                && wanted().keySet().stream().allMatch(this::isListed);
    }

    private boolean isListed(GroupResource kind) {
        Running watch = running.get(kind);
        return watch != null && watch.watch().isListed();
    }

    private Running start(ResourceType type) {
        KindWatch watch = new KindWatch(type.groupResource(), audience);
        RandomGenerator random = RandomGenerator.getDefault();
        Follower follower = new Follower(kube, type, false, watch, random, stop);
        Thread thread = threads.newThread(new KeptRunning("watch of " + type.groupResource(), follower, random, stop));
        thread.start();
        return new Running(type, watch, thread);
    }

    private Map<GroupResource, ResourceType> wanted() {
        Map<GroupResource, ResourceType> wanted = new HashMap<>();
        for (GroupResource kind : heldKinds()) {
            Optional<ResourceType> type = discovery.find(kind);
            type.filter(ResourceType::canWatch).ifPresent(t -> wanted.put(kind, t));
        }
        SyncerConfig now = config.get();
        for (ResourceType type : discovery.all()) {
            if (type.canWatch() && now.upsyncs(type.groupResource())) {
                wanted.put(type.groupResource(), type);
            }
        }
        return wanted;
    }

    private Set<GroupResource> heldKinds() {
        Set<GroupResource> kinds = new HashSet<>();
        for (Held held : state.all()) {
            ObjectKey key = held.key();
            boolean released = held.wantsDeletion() && held.done();
            if (!released && !key.equals(SyncerConfig.KEY)) {
                kinds.add(GroupResource.of(key));
            }
        }
        return kinds;
    }

    /** Whether a held object is of a kind that was not discovered. */
    public boolean hasUnknownKinds() {
        return heldKinds().stream().anyMatch(kind -> discovery.find(kind).isEmpty());
    }
}
