package io.edgemc.placement.rest;

import io.edgemc.changelog.CommitSignal;
import io.edgemc.door.access.Area;
import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewLimits;
import io.edgemc.kube.view.ViewSettings;
import io.edgemc.placement.desired.SpaceLife;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import io.edgemc.placement.space.ViewStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The Kubernetes-shaped APIs of this service: one for the system, one for the inventory, one for each space. Thread-safe. */
public final class HubViews implements AutoCloseable {
    private final SpaceEngine engine;
    private final Ledger ledger;
    private final CommitSignal commits;
    private final ViewLimits limits;
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<View, KubeView> views = new ConcurrentHashMap<>();
    private final List<ServedKind> spaceKinds;
    private volatile boolean watchesEnded;

    /** @param limits of each space */
    public HubViews(SpaceEngine engine, Ledger ledger, CommitSignal commits, ViewLimits limits) {
        this.engine = engine;
        this.ledger = ledger;
        this.commits = commits;
        this.limits = limits;
        this.spaceKinds = new ArrayList<>(BuiltInKinds.all());
        spaceKinds.addAll(OwnKinds.ofSpaces());
        engine.observe(this::closeGone);
    }

    /** The view; null for a space that is not there. */
    public @Nullable KubeView find(View view) {
        if (!engine.isReady()) {
            throw new StoreException.Unavailable("the service is loading its state; try again", null);
        }
        String space = view.space();
        if (space != null && engine.model().head(new ObjectRef(View.SYSTEM, SpaceLife.SPACES, "", space)) == null) {
            return null;
        }
        KubeView known = views.get(view);
        return known != null ? known : opened(view);
    }

    private KubeView opened(View view) {
        KubeView opened = views.computeIfAbsent(view, this::open);
        if (watchesEnded) {
            opened.close();
        }
        return opened;
    }

    private KubeView open(View view) {
        String space = view.space();
        KindCatalog catalog;
        Area area;
        if (space != null) {
            catalog = new KindCatalog(spaceKinds, List::of, true);
            area = new Area.Space(space);
        } else if (view.equals(View.INVENTORY)) {
            catalog = KindCatalog.fixed(OwnKinds.ofInventory());
            area = new Area.Inventory();
        } else {
            catalog = KindCatalog.fixed(OwnKinds.ofSystem());
            area = new Area.Platform();
        }
        ViewStore store = new ViewStore(view, engine, ledger, commits, callbacks);
        return new KubeView(ViewSettings.of(store, catalog)
                .withRules(new HubRules())
                .withReviewer(new RoleReviewer(area))
                .withLimits(space == null ? ViewLimits.NONE : limits));
    }

    /** Of the space with most watches open, how many. */
    public int mostWatches() {
        return most(KubeView::openWatches);
    }

    /** Of the space with most requests at work, how many. */
    public int mostRequests() {
        return most(KubeView::requestsInFlight);
    }

    private int most(ToIntFunction<KubeView> what) {
        return views.entrySet().stream()
                .filter(entry -> entry.getKey().isSpace())
                .mapToInt(entry -> what.applyAsInt(entry.getValue()))
                .max()
                .orElse(0);
    }

    private void closeGone(List<Version> versions) {
        for (Version version : versions) {
            if (version.isTombstone() && version.ref().kind().equals(SpaceLife.SPACES)) {
                KubeView gone = views.remove(View.ofSpace(version.ref().name()));
                if (gone != null) {
                    callbacks.execute(gone::close);
                }
            }
        }
    }

    /** Ends all watches, and those that come after at once; reads and writes go on. */
    public void endWatches() {
        watchesEnded = true;
        views.values().forEach(KubeView::close);
    }

    @Override
    public void close() {
        endWatches();
        callbacks.shutdown();
    }
}
