package io.edgemc.placement.resolve.combine;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Executing;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult;
import io.edgemc.placement.resolve.PlacementResult.Conflict;
import io.edgemc.placement.resolve.PlacementResult.ObjectError;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.Modulation;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.SpaceObject;
import io.edgemc.placement.resolve.space.Spaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What placements and source objects are told about how it went. */
final class Results {
    private final Spaces spaces;
    private final Contents contents;
    private final Cohorts cohorts;
    private final Map<String, ClusterState> clusters;
    private final Journal journal;
    private final Map<PlacementId, PlacementResult> told = new HashMap<>();

    Results(Spaces spaces, Contents contents, Cohorts cohorts, Map<String, ClusterState> clusters, Journal journal) {
        this.spaces = spaces;
        this.contents = contents;
        this.cohorts = cohorts;
        this.clusters = clusters;
        this.journal = journal;
    }

    /** The results that differ from what was told before. */
    List<PlacementResult> changed(Set<PlacementId> touched) {
        List<PlacementResult> changed = new ArrayList<>();
        for (PlacementId id : touched) {
            PlacementState placement = spaces.placement(id);
            if (placement == null) {
                journal.remove(told, id);
                continue;
            }
            PlacementResult result = result(placement);
            if (!result.equals(told.get(id))) {
                journal.put(told, id, result);
                changed.add(result);
            }
        }
        return changed;
    }

    private PlacementResult result(PlacementState placement) {
        Map<Contest, Map<String, Integer>> contests = new HashMap<>();
        List<ObjectError> errors = new ArrayList<>();
        for (Cohort cohort : cohorts.with(placement.id())) {
            cohort.contests.forEach((key, contest) -> {
                if (contest.concerns(placement.id())) {
                    count(contests, contest, key, cohort.members.size());
                }
            });
            for (String uid : cohort.troubled) {
                ClusterState cluster = Objects.requireNonNull(clusters.get(uid));
                cluster.troubles().forEach((key, trouble) -> {
                    addErrors(placement.id(), cluster, key, trouble, errors);
                    Contest contest = trouble.contest();
                    if (contest != null && contest.concerns(placement.id())) {
                        count(contests, contest, key, 1);
                    }
                });
            }
        }
        List<Conflict> conflicts = new ArrayList<>();
        contests.forEach((contest, byObject) -> byObject.forEach((object, clusterCount) ->
                conflicts.add(new Conflict(object, contest.rule(), contest.winner(), contest.losers(), clusterCount))));
        return new PlacementResult(
                placement.id(),
                placement.generation(),
                placement.clusters().size(),
                placement.directCount(),
                placement.errors(),
                errors.stream().sorted().limit(PlacementResult.LIMIT).toList(),
                errors.size(),
                conflicts.stream().sorted().limit(PlacementResult.LIMIT).toList(),
                conflicts.size());
    }

    private static void addErrors(
            PlacementId placement, ClusterState cluster, ObjectKey key, Trouble trouble, List<ObjectError> errors) {
        for (Trouble.Failure failure : trouble.failures()) {
            if (failure.source().placements().contains(placement)) {
                errors.add(new ObjectError(
                        cluster.facts().name(), key.text(), failure.field(), failure.reason(), trouble.held()));
            }
        }
    }

    private static void count(
            Map<Contest, Map<String, Integer>> contests, Contest contest, ObjectKey key, int clusterCount) {
        contests.computeIfAbsent(contest, any -> new HashMap<>()).merge(key.text(), clusterCount, Integer::sum);
    }

    /** The facts of every object, of any space, that has one of these keys and is or was wanted. */
    List<Executing> executing(Map<ObjectKey, Set<String>> keys) {
        List<Executing> facts = new ArrayList<>();
        keys.forEach((key, dirtySpaces) -> {
            Set<String> all = new HashSet<>(dirtySpaces);
            spaces.wanting(key).keySet().forEach(id -> all.add(id.space()));
            all.stream().sorted().forEach(space -> {
                if (spaces.object(space, key) != null) {
                    facts.add(executing(space, key));
                }
            });
        });
        return facts;
    }

    Executing executing(String space, ObjectKey key) {
        SpaceObject object = spaces.object(space, key);
        Modulation modulation = Modulation.NONE;
        Set<Cohort> seen = new HashSet<>();
        int count = 0;
        String only = null;
        for (PlacementState placement : spaces.wanting(key).values()) {
            if (object == null || !placement.id().space().equals(space) || !Merge.sends(placement, object)) {
                continue;
            }
            modulation = modulation.and(placement.modulation(key));
            for (Cohort cohort : cohorts.with(placement.id())) {
                if (seen.add(cohort) && mayHold(cohort, key, space)) {
                    Set<String> without = without(cohort, key, space);
                    int holders = cohort.members.size() - without.size();
                    count += holders;
                    only = holders == 1 ? first(cohort, without) : only;
                }
            }
        }
        return new Executing(
                space, key, count, count == 1 ? only : null, modulation.wantSingleton(), modulation.wantMulti());
    }

    private boolean mayHold(Cohort cohort, ObjectKey key, String space) {
        if (cohort.perCluster.containsKey(key)) {
            return true;
        }
        ManifestEntry entry = contents.tree().get(cohort.root(), key);
        if (entry == null || entry.isDelete() || entry.flags().contains(EntryFlag.EXISTENCE)) {
            return false;
        }
        Contest contest = cohort.contests.get(key);
        return contest == null || contest.holds(space);
    }

    private Set<String> without(Cohort cohort, ObjectKey key, String space) {
        if (!cohort.perCluster.containsKey(key)) {
            return Set.of();
        }
        Set<String> without = new HashSet<>();
        for (String uid : cohort.troubled) {
            Trouble trouble =
                    Objects.requireNonNull(clusters.get(uid)).troubles().get(key);
            if (trouble != null && !trouble.holds(space)) {
                without.add(uid);
            }
        }
        return without;
    }

    private static @Nullable String first(Cohort cohort, Set<String> without) {
        Stream<String> members = cohort.members.stream();
        return members.filter(uid -> !without.contains(uid)).findFirst().orElse(null);
    }
}
