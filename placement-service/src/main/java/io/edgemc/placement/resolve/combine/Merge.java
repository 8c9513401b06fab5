package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.combine.Decider.Candidate;
import io.edgemc.placement.resolve.combine.Decider.Decided;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.select.ConflictPolicy;
import io.edgemc.placement.resolve.select.DeletionPolicy;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.SpaceObject;
import io.edgemc.placement.resolve.space.Spaces;
import io.edgemc.placement.resolve.travel.Travel;
import io.edgemc.placement.resolve.travel.TravelRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Works out what the placements of a cohort make of one key. A function of what is wanted alone, not of any order. */
final class Merge {
    private final Spaces spaces;
    private final Contents contents;
    private final Decider decider;
    private final SyncerSelection syncer;

    Merge(Spaces spaces, Contents contents, Decider decider) {
        this.spaces = spaces;
        this.contents = contents;
        this.decider = decider;
        this.syncer = new SyncerSelection(spaces, contents, decider);
    }

    Outcome of(Cohort cohort, ObjectKey key) {
        if (key.equals(SyncerSelection.KEY)) {
            return syncer.of(cohort);
        }
        List<PlacementState> wanting = wanting(cohort, key);
        List<Source> sources = sources(wanting, key);
        if (sources.isEmpty()) {
            return TravelRules.isNamespace(key) && !wanting.isEmpty()
                    ? existence(key, wanting)
                    : new Outcome.Absent(false);
        }
        for (Source source : sources) {
            if (cohort.upsyncs(key, source.object().labels())) {
                return new Outcome.Absent(true);
            }
        }
        return contested(key, wanting, sources);
    }

    /** Whether a placement sends the object itself, not only the existence of a namespace. */
    static boolean sends(PlacementState placement, SpaceObject object) {
        return object.travel() == Travel.TRAVELS
                && (!TravelRules.isNamespace(object.key()) || placement.selects(object.key()));
    }

    private Outcome contested(ObjectKey key, List<PlacementState> wanting, List<Source> sources) {
        Set<EntryFlag> flags = EnumSet.noneOf(EntryFlag.class);
        ConflictPolicy policy = ConflictPolicy.latest;
        boolean selected = false;
        for (PlacementState placement : wanting) {
            // Who only asks for the existence of a namespace has no say in what it looks like.
            if (sources.stream().noneMatch(source -> source.placements().contains(placement.id()))) {
                continue;
            }
            selected |= placement.selects(key);
            if (placement.modulation(key).createOnly()) {
                flags.add(EntryFlag.CREATE_ONLY);
            }
            if (placement.spec().deletionPolicy() == DeletionPolicy.Orphan) {
                flags.add(EntryFlag.ORPHAN);
            }
            if (placement.spec().conflictPolicy().compareTo(policy) > 0) {
                policy = placement.spec().conflictPolicy();
            }
        }
        if (sources.stream().anyMatch(source -> source.object().orphan())) {
            flags.add(EntryFlag.ORPHAN);
        }
        Outcome.PerCluster perCluster = new Outcome.PerCluster(sources, flags, policy, !selected);
        if (!sources.stream().allMatch(source -> source.recipe().isPlain())) {
            return perCluster;
        }
        List<Candidate> candidates = sources.stream()
                .map(source -> new Candidate(
                        source, Objects.requireNonNull(source.object().template())))
                .toList();
        Decided decided = decider.decide(key, candidates, flags, policy, !selected);
        return decided.entry() == null ? perCluster : new Outcome.Fixed(decided.entry(), decided.contest());
    }

    private Outcome existence(ObjectKey key, List<PlacementState> wanting) {
        ObjectNode namespace =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", key.name());
        Content content = contents.object(namespace, false);
        Digest decision = decider.plain(
                "companion", wanting.stream().map(PlacementState::id).toList());
        return new Outcome.Fixed(
                ManifestEntry.apply(key, contents.write(content), EnumSet.of(EntryFlag.EXISTENCE), decision), null);
    }

    private List<Source> sources(List<PlacementState> wanting, ObjectKey key) {
        Map<String, List<PlacementState>> bySpace = new TreeMap<>();
        wanting.forEach(placement -> bySpace.computeIfAbsent(placement.id().space(), any -> new ArrayList<>())
                .add(placement));
        List<Source> sources = new ArrayList<>();
        bySpace.forEach((space, placements) -> {
            Source source = source(spaces.object(space, key), placements);
            if (source != null) {
                sources.add(source);
            }
        });
        return sources;
    }

    private @Nullable Source source(@Nullable SpaceObject object, List<PlacementState> placements) {
        if (object == null) {
            return null;
        }
        List<PlacementState> sending = placements.stream()
                .filter(placement -> sends(placement, object))
                .toList();
        if (sending.isEmpty()) {
            return null;
        }
        int priority = sending.stream()
                .mapToInt(placement -> placement.spec().priority())
                .max()
                .orElseThrow();
        List<PlacementId> ids = sending.stream().map(PlacementState::id).toList();
        return new Source(object, spaces.recipe(object), ids, priority);
    }

    private List<PlacementState> wanting(Cohort cohort, ObjectKey key) {
        Map<PlacementId, PlacementState> all = spaces.wanting(key);
        List<PlacementState> here = new ArrayList<>();
        all.forEach((id, placement) -> {
            if (cohort.contains(id)) {
                here.add(placement);
            }
        });
        return here;
    }
}
