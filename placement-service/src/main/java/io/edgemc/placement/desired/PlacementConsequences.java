package io.edgemc.placement.desired;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Target;
import io.edgemc.placement.resolve.Batch;
import io.edgemc.placement.resolve.Change;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.PersistedState;
import io.edgemc.placement.resolve.PlacementResolver;
import io.edgemc.placement.resolve.Resolution;
import io.edgemc.placement.resolve.StoredContent;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Consequences;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.Ledger.ClusterChange;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import io.edgemc.placement.status.ClusterStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from a commit: new targets, cluster records, status. */
public final class PlacementConsequences implements Consequences {
    private static final Logger LOG = LoggerFactory.getLogger(PlacementConsequences.class);
    static final Version.Origin HUB = new Version.Origin("system:placement", "placement", "");

    private final Function<StoredContent, PlacementResolver> resolvers;
    private final StoredContent contents;
    private PlacementResolver resolver;
    private Standings standings;
    private Outcomes outcomes;
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, String> clusterNames = new HashMap<>();
    private @Nullable Resolution pending;
    private List<Version> pendingVersions = List.of();
    private List<ClusterChange> pendingClusters = List.of();

    public PlacementConsequences(Function<StoredContent, PlacementResolver> resolvers, StoredContent contents) {
        this.resolvers = resolvers;
        this.contents = contents;
        this.resolver = resolvers.apply(contents);
        this.standings = new Standings(contents);
        this.outcomes = new Outcomes(standings);
    }

    PlacementResolver resolver() {
        return resolver;
    }

    Standings standings() {
        return standings;
    }

    /** Name of a cluster that is in the inventory, else null. */
    @Nullable
    String clusterName(String uid) {
        return clusterNames.get(uid);
    }

    /** Tells the resolver what a cluster holds; gives the greatest revision that it acknowledged. */
    long acknowledged(ClusterReport report) {
        // Without a decision an exception is about something that the target does not ask for.
        boolean clean = report.exceptions().stream().allMatch(exception -> exception.decision() == null);
        if (clean && report.appliedRevision() > 0) {
            acknowledged.merge(report.clusterUid(), report.appliedRevision(), Math::max);
            resolver.acknowledged(report.clusterUid(), report.appliedRevision());
        }
        return acknowledged.getOrDefault(report.clusterUid(), 0L);
    }

    @Override
    public Result load(Ledger.Snapshot stored) {
        resolver = resolvers.apply(contents);
        standings = new Standings(contents);
        outcomes = new Outcomes(standings);
        acknowledged.clear();
        clusterNames.clear();
        stored.progress(progress -> {
            acknowledged.put(progress.report().clusterUid(), progress.acknowledged());
            standings.report(progress.report());
        });
        Resolution resolution = resolver.load(new Stored(stored), stored.position() + 1);
        pending = resolution;
        pendingClusters = List.of();
        return new Result(resolution.contents(), resolution.targets(), List.of());
    }

    @Override
    public Result follow(Draft draft) {
        SpaceLife.furnish(draft);
        List<ClusterChange> clusters = clusterChanges(draft);
        List<Change> changes = VersionChanges.of(draft.versions());
        pendingClusters = clusters;
        pendingVersions = draft.versions();
        if (changes.isEmpty()) {
            pending = null;
            return new Result(List.of(), List.of(), clusters);
        }
        Resolution resolution = resolver.apply(new Batch(draft.revision(), changes));
        pending = resolution;
        resolution.warnings().forEach(warning -> LOG.info("resolving: {}", warning));
        outcomes.write(draft, resolution);
        return new Result(resolution.contents(), resolution.targets(), clusters);
    }

    /** The last state of each cluster that this draft changes, if other services would see a difference. */
    private static List<ClusterChange> clusterChanges(Draft draft) {
        Map<String, ClusterChange> changes = new LinkedHashMap<>();
        for (Version version : List.copyOf(draft.versions())) {
            if (!version.ref().view().equals(View.INVENTORY)
                    || !version.ref().kind().equals(ClusterObjects.CLUSTERS)) {
                continue;
            }
            ClusterRecord before = version.previous() == null
                    ? null
                    : record(version, version.previous().body(), 0);
            Version.Body body = version.body();
            if (body == null) {
                if (before != null) {
                    changes.put(version.uid(), new ClusterChange(before, true));
                    draft.event(before.uid(), gone(before, draft));
                }
                continue;
            }
            if (before == null) {
                draft.refine(
                        version.ref(),
                        cluster -> {
                            ClusterStatus.registered(cluster, version.uid(), draft.now());
                            return cluster;
                        },
                        HUB);
            }
            if (before == null || !before.equals(record(version, body.bytes(), 0))) {
                changes.put(version.uid(), new ClusterChange(record(version, body.bytes(), version.position()), false));
            }
        }
        return List.copyOf(changes.values());
    }

    private static ClusterRecord record(Version version, byte[] body, long revision) {
        return ClusterObjects.record(version.uid(), version.ref().name(), Bodies.parse(body), revision);
    }

    private static FleetEvent gone(ClusterRecord cluster, Draft draft) {
        return new FleetEvent(
                "decommissioned",
                cluster.name(),
                "clusters.edge-mc.io//" + cluster.name(),
                "the cluster left the inventory",
                draft.now().toString(),
                Map.of("uid", cluster.uid()));
    }

    @Override
    public boolean replay(List<Version> versions, long revision) {
        List<Change> changes = VersionChanges.of(versions);
        pendingVersions = versions;
        if (changes.isEmpty()) {
            committed();
            return true;
        }
        // The other replica stored what its resolver said; the same changes give the same here.
        Resolution resolution = resolver.apply(new Batch(revision, changes));
        pending = resolution;
        List<ClusterChange> gone = new ArrayList<>();
        for (Version version : versions) {
            if (version.isTombstone()
                    && version.ref().kind().equals(ClusterObjects.CLUSTERS)
                    && version.previous() != null) {
                gone.add(new ClusterChange(record(version, version.previous().body(), 0), true));
            }
        }
        pendingClusters = gone;
        committed();
        return true;
    }

    @Override
    public void committed() {
        Resolution resolution = pending;
        pending = null;
        standings.stored();
        if (resolution != null) {
            resolver.committed();
            standings.learn(resolution.contents());
            for (Target target : resolution.targets()) {
                standings.target(target);
            }
            outcomes.committed(resolution);
        }
        for (ClusterChange change : pendingClusters) {
            if (change.gone()) {
                standings.gone(change.record().uid());
                acknowledged.remove(change.record().uid());
                clusterNames.remove(change.record().uid());
            }
        }
        pendingClusters = List.of();
        pendingVersions.forEach(this::remember);
        pendingVersions = List.of();
    }

    private void remember(Version version) {
        if (version.ref().view().equals(View.INVENTORY)
                && version.ref().kind().equals(ClusterObjects.CLUSTERS)
                && !version.isTombstone()) {
            clusterNames.put(version.uid(), version.ref().name());
        }
    }

    @Override
    public void rolledBack() {
        pending = null;
        // Whether or not it came to a resolution: it may have failed half-way.
        resolver.rolledBack();
        standings.lost();
        pendingClusters = List.of();
        pendingVersions = List.of();
    }

    /** Feeds the resolver, and keeps what status needs. */
    private final class Stored implements PersistedState {
        private final Ledger.Snapshot stored;

        Stored(Ledger.Snapshot stored) {
            this.stored = stored;
        }

        @Override
        public void clusters(Consumer<ClusterFacts> sink) {
            stored.inventory(version -> {
                if (VersionChanges.of(version) instanceof Change.ClusterWritten written) {
                    clusterNames.put(version.uid(), version.ref().name());
                    sink.accept(written.cluster());
                }
            });
        }

        @Override
        public void objects(Consumer<Change.ObjectWritten> sink) {
            stored.spaces(version -> {
                if (VersionChanges.of(version) instanceof Change.ObjectWritten written) {
                    sink.accept(written);
                }
            });
        }

        @Override
        public void targets(Consumer<StoredTarget> sink) {
            stored.targets(target -> {
                standings.target(target);
                sink.accept(new StoredTarget(target, acknowledged.getOrDefault(target.clusterUid(), 0L)));
            });
        }
    }
}
