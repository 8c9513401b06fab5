package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/** Starts the work that commits call for: ends of clusters and spaces, counts of deliveries. */
public final class Housekeeping implements AutoCloseable {
    /** Counts move with every report; a version of the placement for each of them would help nobody. */
    private static final Duration COUNTS_DELAY = Duration.ofMillis(250);

    private final SpaceEngine engine;
    private final PlacementConsequences placement;
    private final ScheduledExecutorService delayed = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("housekeeping").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final Retry retry;
    private final AtomicBoolean counting = new AtomicBoolean();

    public Housekeeping(SpaceEngine engine, PlacementConsequences placement) {
        this.engine = engine;
        this.placement = placement;
        this.retry = new Retry(engine, delayed);
        engine.observe(this::committed);
        engine.whenLoaded(this::resume);
    }

    /** Takes up what an earlier process left. */
    private void resume() {
        for (View view : List.of(View.SYSTEM, View.INVENTORY)) {
            engine.model().refs(view).forEach(ref -> {
                StoredObject object = engine.model().current(ref);
                if (object != null) {
                    consider(ref, object.body(), PlacementConsequences.HUB);
                }
            });
        }
        countLater();
    }

    private void committed(List<Version> versions) {
        for (Version version : versions) {
            Version.Body body = version.body();
            if (body != null && version.contentPosition() == version.position()) {
                consider(version.ref(), body.bytes(), version.origin());
            }
        }
        if (placement.standings().deliveries().hasChanged()) {
            countLater();
        }
    }

    private void consider(ObjectRef ref, byte[] body, Version.Origin origin) {
        if (ref.kind().equals(ClusterObjects.CLUSTERS) && ref.view().equals(View.INVENTORY)) {
            if (Decommission.isAsked(Bodies.parse(body))) {
                engine.submit(new CheckDecommission(placement, ref, origin, retry));
            }
        } else if (ref.kind().equals(SpaceLife.SPACES) && ref.view().equals(View.SYSTEM)) {
            ObjectNode space = Bodies.parse(body);
            if (SpaceLife.isDeleted(space)) {
                engine.submit(new RemoveSpace(ref, origin, engine::submit, retry));
            }
        }
    }

    private void countLater() {
        if (counting.compareAndSet(false, true)) {
            delayed.schedule(
                    () -> engine.submit(new CountDeliveries(placement, counting, this::countLater)),
                    COUNTS_DELAY.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        delayed.shutdownNow();
    }
}
