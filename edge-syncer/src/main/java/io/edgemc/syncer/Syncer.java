package io.edgemc.syncer;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.apply.ApplyEngine;
import io.edgemc.syncer.apply.ApplyListener;
import io.edgemc.syncer.apply.Ownership;
import io.edgemc.syncer.config.SyncerConfig;
import io.edgemc.syncer.config.SyncerConfigs;
import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.identity.IdentityStore;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.KubeAccess;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.life.KeptRunning;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.report.ReportBook;
import io.edgemc.syncer.report.ReportLoop;
import io.edgemc.syncer.report.Reporter;
import io.edgemc.syncer.session.HubContents;
import io.edgemc.syncer.session.HubLink;
import io.edgemc.syncer.session.Sessions;
import io.edgemc.syncer.session.TargetListener;
import io.edgemc.syncer.session.Watermark;
import io.edgemc.syncer.state.ContentStore;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.watch.KindLoop;
import io.edgemc.syncer.watch.WatchSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of one cluster: wires the parts, starts their loops, and ends them. */
public final class Syncer implements AutoCloseable {
    /**
     * @param slowPause wait after another syncer took the session over
     */
    public record Settings(URI hub, Path stateFolder, String version, Duration slowPause) {}

    private static final Logger log = LoggerFactory.getLogger(Syncer.class);
    /** So long a delivery is worked on before the next is asked for; what comes meanwhile arrives as one. */
    private static final Duration WORK_OFF = Duration.ofSeconds(2);

    private static final Duration ENDING = Duration.ofSeconds(5);

    private final StopSignal stop = new StopSignal();
    private final ThreadFactory threads = Thread.ofVirtual().name("syncer-", 0).factory();
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(threads);
    private final List<Thread> running = new ArrayList<>();
    private final EdgeState state;
    private final KubeClient kube;
    private final SyncerConfigs configs;
    private final Sessions sessions = new Sessions();
    private final ReportBook book = new ReportBook(InstantSource.system());
    private final Discovery discovery;
    private final Watermark watermark;
    private final Reporter reporter;
    private final ApplyEngine engine;
    private final WatchSet watches;
    private final KindLoop kinds;
    private final List<Runnable> loops;

    public Syncer(Settings settings, Identity identity, KubeAccess access) throws IOException {
        this.state =
                EdgeState.open(settings.stateFolder(), ContentStore.open(settings.stateFolder(), new SecureRandom()));
        this.kube = new KubeClient(access, executor);
        this.discovery = new Discovery(kube);
        this.configs = new SyncerConfigs(state);
        this.watermark = new Watermark(state, sessions, book::refused, stop);
        book.onRefusals(watermark::moved);
        Ownership ownership = new Ownership(identity.clusterUid());
        this.reporter = new Reporter(book, state, ownership, configs::current);
        this.engine = new ApplyEngine(
                state,
                kube,
                discovery,
                new HubContents(state, sessions),
                identity.clusterUid(),
                new ApplyEngine.Policies(
                        () -> configs.current().driftPolicy(),
                        () -> configs.current().adoptionPolicy()),
                new Progress(),
                executor,
                stop);
        this.kinds = new KindLoop(kube, discovery, this::kindsChanged, threads, stop);
        this.watches = new WatchSet(
                state,
                kube,
                discovery,
                configs::current,
                engine.sightings(),
                reporter,
                book,
                kinds::doubt,
                threads,
                stop);
        HubLink link = new HubLink(
                new HubLink.Settings(
                        settings.hub(),
                        UUID.randomUUID().toString(),
                        settings.version(),
                        this::kubernetesVersion,
                        settings.slowPause()),
                identity,
                new IdentityStore(settings.stateFolder()),
                state,
                sessions,
                new Targets(),
                executor,
                stop);
        ReportLoop reports =
                new ReportLoop(book, sessions, kube, discovery, watches::awaitListed, identity.clusterUid(), stop);
        this.loops = List.of(engine.loop(), kinds, watermark, reports, link);
        log.atInfo()
                .addKeyValue(LogKeys.CLUSTER, identity.clusterName())
                .addKeyValue(LogKeys.REVISION, state.accepted().revision())
                .addKeyValue(LogKeys.COUNT, state.all().size())
                .log("syncer starts");
    }

    /** Starts; what was left undone is gone on with at once, with or without the hub. */
    public void start() {
        engine.retry(held -> held.entry() != null
                && (held.failure() == null || held.failure().retryable()));
        for (Runnable loop : loops) {
            Thread thread = threads.newThread(
                    new KeptRunning(loop.getClass().getSimpleName(), loop, RandomGenerator.getDefault(), stop));
            running.add(thread);
            thread.start();
        }
    }

    /** Waits until {@link #close} is called. */
    public void awaitEnd() throws InterruptedException {
        stop.await();
    }

    /** Lets work in progress end, within seconds, and closes the state. */
    @Override
    public void close() {
        stop.stop();
        running.forEach(Thread::interrupt);
        try {
            for (Thread thread : running) {
                if (!thread.join(ENDING)) {
                    log.warn("a loop did not end in time");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kube.close();
        executor.shutdownNow();
        try {
            state.close();
        } catch (IOException e) {
            log.atError().setCause(e).log("the state could not be closed");
        }
        log.info("syncer ended");
    }

    private String kubernetesVersion() {
        try {
            return kube.version();
        } catch (IOException e) {
            log.atWarn().addKeyValue(LogKeys.REASON, e.toString()).log("the API server does not say its version");
            return "";
        }
    }

    private void kindsChanged() {
        watches.refresh();
        engine.retry(held -> held.failure() != null && (held.failedBy("kind-not-served") || held.failedBy("invalid")));
    }

    private final class Targets implements TargetListener {
        @Override
        public void accepted(Set<ObjectKey> changed, Set<ObjectKey> released) throws InterruptedException {
            for (ObjectKey key : released) {
                engine.forget(key);
                reporter.gone(key);
            }
            if (changed.contains(SyncerConfig.KEY) || released.contains(SyncerConfig.KEY)) {
                configs.reload();
                reporter.selectionChanged();
                watches.relist();
            }
            engine.submit(changed);
            watches.refresh();
            if (watches.hasUnknownKinds()) {
                kinds.doubt();
            }
            watermark.moved();
            engine.awaitRest(WORK_OFF);
        }
    }

    private final class Progress implements ApplyListener {
        @Override
        public void released(ObjectKey key) {
            reporter.gone(key);
        }

        @Override
        public void definitionsChanged() {
            kinds.doubt();
        }

        @Override
        public void rested() {
            watermark.moved();
        }
    }
}
