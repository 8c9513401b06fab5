package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.Change;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.customize.CustomizerSpec;
import io.edgemc.placement.resolve.customize.OverrideSpec;
import io.edgemc.placement.resolve.customize.Recipe;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.Selectable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes changes of placements, customizers and overrides. */
final class Controls {
    private final Journal journal;
    private final Map<PlacementId, PlacementState> placements;
    private final Wanted wanted;
    private final Selection selection;
    private final PlacementIndex index;
    private final Recipes recipes = new Recipes();

    Controls(Journal journal, Map<PlacementId, PlacementState> placements, Wanted wanted, Selection selection) {
        this.journal = journal;
        this.placements = placements;
        this.wanted = wanted;
        this.selection = selection;
        this.index = new PlacementIndex(journal);
    }

    Recipe recipe(Space space, SpaceObject object) {
        return recipes.of(space, object);
    }

    void forget(Space space, ObjectKey key) {
        recipes.forget(space, key, journal);
    }

    /** The placements whose tests may select, or that do select, an object. */
    Set<PlacementState> placementsFor(Space space, ObjectKey key) {
        return index.of(space, key.resource());
    }

    void writePlacement(Space space, Change.ObjectWritten change, ObjectNode body, Dirty dirty) {
        String name = change.key().name();
        PlacementState.Version version = ControlObjects.placement(body);
        PlacementState placement = space.placements.get(name);
        if (placement != null && !placement.id().uid().equals(change.uid())) {
            deletePlacement(space, name, change.cause(), dirty);
            placement = null;
        }
        if (placement == null) {
            placement = new PlacementState(new PlacementId(change.space(), name, change.uid()), version);
            journal.put(space.placements, name, placement);
            journal.put(placements, placement.id(), placement);
        } else if (placement.version().equals(version)) {
            return;
        }
        replaceSpec(space, placement, version, change.cause(), dirty);
    }

    private void replaceSpec(
            Space space, PlacementState placement, PlacementState.Version next, Cause cause, Dirty dirty) {
        PlacementState.Version before = placement.version();
        index.remove(space, placement);
        placement.version(next);
        journal.undoBy(() -> placement.version(before));
        index.add(space, placement);

        Set<ObjectKey> candidates = new LinkedHashSet<>(placement.direct.keySet());
        Set<String> resources = next.spec().resources();
        if (resources == null) {
            candidates.addAll(space.objects.keySet());
        } else {
            resources.forEach(resource -> candidates.addAll(space.ofResource(resource)));
        }
        candidates.forEach(key -> selection.reselect(space, placement, key, dirty, cause));
        // Priority, policies and modulation may have changed for what stays selected.
        if (!before.spec().equals(next.spec())) {
            placement.wanted().forEach(key -> dirty.key(key, placement.id(), cause));
        }
        dirty.where.putIfAbsent(placement.id(), cause);
        dirty.upsync.putIfAbsent(placement.id(), cause);
        dirty.touched.add(placement.id());
    }

    void deletePlacement(Space space, String name, Cause cause, Dirty dirty) {
        PlacementState placement = journal.remove(space.placements, name);
        if (placement == null) {
            return;
        }
        index.remove(space, placement);
        journal.remove(placements, placement.id());
        for (ObjectKey key : placement.wanted()) {
            journal.remove(placement.direct, key);
            journal.remove(placement.companions, key);
            wanted.update(key, placement, journal);
            dirty.key(key, placement.id(), cause);
        }
        dirty.gone.put(placement.id(), Set.copyOf(placement.clusters()));
        dirty.where.putIfAbsent(placement.id(), cause);
        dirty.touched.add(placement.id());
    }

    void writeCustomizer(Space space, Change.ObjectWritten change, ObjectNode body, Dirty dirty) {
        CustomizerSpec spec = CustomizerSpec.read(body, new ArrayList<>());
        String reference = reference(change.key());
        if (!spec.equals(journal.put(space.customizers, reference, spec))) {
            customizerChanged(space, reference, change.cause(), dirty);
        }
    }

    void deleteCustomizer(Space space, ObjectKey key, Cause cause, Dirty dirty) {
        if (journal.remove(space.customizers, reference(key)) != null) {
            customizerChanged(space, reference(key), cause, dirty);
        }
    }

    private void customizerChanged(Space space, String reference, Cause cause, Dirty dirty) {
        for (ObjectKey key : space.customizedBy(reference)) {
            forget(space, key);
            touch(space, key, cause, dirty);
        }
    }

    void writeOverride(Space space, Change.ObjectWritten change, ObjectNode body, Dirty dirty) {
        String name = change.key().name();
        OverrideSpec spec = OverrideSpec.read(name, body, new ArrayList<>());
        OverrideSpec before = journal.put(space.overrides, name, spec);
        if (!spec.equals(before)) {
            overrideChanged(space, before, spec, change.cause(), dirty);
        }
    }

    void deleteOverride(Space space, String name, Cause cause, Dirty dirty) {
        OverrideSpec before = journal.remove(space.overrides, name);
        if (before != null) {
            overrideChanged(space, before, null, cause, dirty);
        }
    }

    private void overrideChanged(
            Space space, @Nullable OverrideSpec before, @Nullable OverrideSpec after, Cause cause, Dirty dirty) {
        for (SpaceObject object : List.copyOf(space.objects.values())) {
            Selectable selectable = space.selectable(object);
            if ((before != null && before.concerns(selectable)) || (after != null && after.concerns(selectable))) {
                forget(space, object.key());
                touch(space, object.key(), cause, dirty);
            }
        }
    }

    /** Labels of a namespace changed: whoever reads them looks again at what is inside. */
    void namespaceRelabelled(Space space, List<ObjectKey> inside, Cause cause, Dirty dirty) {
        List<PlacementState> readers = space.placements.values().stream()
                .filter(placement -> placement.spec().readsNamespaces())
                .toList();
        boolean overrides = space.overrides.values().stream().anyMatch(OverrideSpec::readsNamespaces);
        for (ObjectKey key : inside) {
            readers.forEach(placement -> selection.reselect(space, placement, key, dirty, cause));
            if (overrides) {
                forget(space, key);
                touch(space, key, cause, dirty);
            }
        }
    }

    /** The key has to be worked out again for every placement of the space that wants it. */
    void touch(Space space, ObjectKey key, Cause cause, Dirty dirty) {
        for (PlacementState placement : wanted.by(key).values()) {
            if (space.placements.get(placement.id().name()) == placement) {
                dirty.key(key, placement.id(), cause);
            }
        }
    }

    private static String reference(ObjectKey customizer) {
        return customizer.namespace() + "/" + customizer.name();
    }
}
