package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.config.AdoptionPolicy;
import io.edgemc.syncer.config.DriftPolicy;
import io.edgemc.syncer.config.SyncerConfig;
import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Brings the cluster to the accepted target and keeps it there. The one door to this package. Thread-safe. */
public final class ApplyEngine {
    /** Policies of the moment; the hub may change them. */
    public record Policies(Supplier<DriftPolicy> drift, Supplier<AdoptionPolicy> adoption) {}

    private final EdgeState state;
    private final ApplyLoop loop;
    private final ObjectWorker worker;
    private final Observations observations = new Observations();
    private final Sightings sightings;

    public ApplyEngine(
            EdgeState state,
            KubeClient kube,
            Discovery discovery,
            ContentSource contents,
            String clusterUid,
            Policies policies,
            ApplyListener listener,
            Executor executor,
            StopSignal stop) {
        this.state = state;
        Ownership ownership = new Ownership(clusterUid);
        Occupants occupants = new Occupants(kube, ownership, state);
        DueQueue queue = new DueQueue(System::nanoTime);
        this.worker = new ObjectWorker(
                state,
                new Applier(
                        kube,
                        contents,
                        ownership,
                        new Adoption(kube, policies.adoption()),
                        observations,
                        policies.drift()),
                new Remover(
                        kube,
                        discovery,
                        ownership,
                        new NamespaceRemoval(discovery, occupants),
                        new DefinitionRemoval(discovery, occupants),
                        observations),
                ownership,
                observations,
                queue,
                listener,
                policies.drift(),
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault());
        this.sightings = new Sightings(state, ownership, observations, queue);
        this.loop = new ApplyLoop(state, worker, new Definitions(kube, stop), queue, listener, executor, stop);
    }

    /** The loop that does the work; runs until stopped. */
    public Runnable loop() {
        return loop;
    }

    public Sightings sightings() {
        return sightings;
    }

    /** The hub asks for something else of these objects. */
    public void submit(Collection<ObjectKey> keys) {
        // Our own configuration is read, and not applied.
        loop.submit(keys.stream().filter(key -> !key.equals(SyncerConfig.KEY)).toList());
    }

    /** These are held no more. */
    public void forget(ObjectKey key) {
        worker.forget(key);
        observations.forget(key);
    }

    /** Tries again what failed, or was not tried yet, and is of interest. */
    public void retry(Predicate<Held> wanted) {
        List<ObjectKey> keys = state.all().stream()
                .filter(held -> !held.isAsAsked() && wanted.test(held))
                .map(Held::key)
                .toList();
        submit(keys);
    }

    /** Waits until nothing is due; false if that takes longer than the limit. */
    public boolean awaitRest(Duration limit) throws InterruptedException {
        return loop.awaitRest(limit);
    }
}
