package io.edgemc.placement.resolve.space;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.Change;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.customize.Customization;
import io.edgemc.placement.resolve.customize.Recipe;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.travel.Pruning;
import io.edgemc.placement.resolve.travel.Travel;
import io.edgemc.placement.resolve.travel.TravelRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All spaces: takes changes of objects and says which keys of which placements they touch. */
public final class Spaces {
    private final Map<String, Space> spaces = new HashMap<>();
    private final Map<PlacementId, PlacementState> placements = new TreeMap<>();
    private final Wanted wanted = new Wanted();
    private final Journal journal;
    private final Contents contents;
    private final Selection selection;
    private final Controls controls;

    public Spaces(Journal journal, Contents contents) {
        this.journal = journal;
        this.contents = contents;
        this.selection = new Selection(journal, wanted);
        this.controls = new Controls(journal, placements, wanted, selection);
    }

    /** The placements that want a key, in order. */
    public Map<PlacementId, PlacementState> wanting(ObjectKey key) {
        return wanted.by(key);
    }

    public Collection<PlacementState> placements() {
        return placements.values();
    }

    public @Nullable PlacementState placement(PlacementId id) {
        return placements.get(id);
    }

    public @Nullable SpaceObject object(String space, ObjectKey key) {
        return space(space).objects.get(key);
    }

    /** The contents of all objects that can travel. */
    public void live(Set<Digest> templates) {
        for (Space space : spaces.values()) {
            for (SpaceObject object : space.objects.values()) {
                if (object.template() != null) {
                    templates.add(object.template());
                }
            }
        }
    }

    /** How an object is customized, as things stand. */
    public Recipe recipe(SpaceObject object) {
        return controls.recipe(space(object.space()), object);
    }

    public void write(Change.ObjectWritten change, Dirty dirty) {
        Space space = space(change.space());
        ObjectNode body = change.body().get();
        switch (change.key().groupResource()) {
            case ControlObjects.PLACEMENTS -> controls.writePlacement(space, change, body, dirty);
            case ControlObjects.CUSTOMIZERS -> controls.writeCustomizer(space, change, body, dirty);
            case ControlObjects.OVERRIDES -> controls.writeOverride(space, change, body, dirty);
            default -> writeObject(space, change, body, dirty);
        }
    }

    public void delete(Change.ObjectDeleted change, Dirty dirty) {
        Space space = space(change.space());
        ObjectKey key = change.key();
        switch (key.groupResource()) {
            case ControlObjects.PLACEMENTS -> controls.deletePlacement(space, key.name(), change.cause(), dirty);
            case ControlObjects.CUSTOMIZERS -> controls.deleteCustomizer(space, key, change.cause(), dirty);
            case ControlObjects.OVERRIDES -> controls.deleteOverride(space, key.name(), change.cause(), dirty);
            default -> {
                SpaceObject before = space.remove(key, journal);
                if (before != null) {
                    changed(space, before, null, change.cause(), dirty);
                }
            }
        }
    }

    private void writeObject(Space space, Change.ObjectWritten change, ObjectNode body, Dirty dirty) {
        SpaceObject before = space.objects.get(change.key());
        SpaceObject after = read(change, body, before, dirty);
        if (before != null && before.sameForEdge(after)) {
            after = after.withRevision(before.revision());
        }
        if (after.equals(before)) {
            return;
        }
        space.put(after, journal);
        changed(space, before, after, change.cause(), dirty);
    }

    private SpaceObject read(Change.ObjectWritten change, ObjectNode body, @Nullable SpaceObject before, Dirty dirty) {
        ObjectKey key = change.key();
        Travel travel = TravelRules.of(key, body);
        Digest template = null;
        if (travel == Travel.TRAVELS) {
            try {
                Content content = contents.object(Pruning.prune(key, body), SpaceObject.isSecret(key));
                template = content.digest();
                if (before == null || !template.equals(before.template())) {
                    contents.write(content);
                }
            } catch (IllegalArgumentException e) {
                // Admission refuses such an object; one that got in by another way must not stop all others.
                dirty.warnings.add(
                        "object " + key + " of space " + change.space() + " cannot be sent: " + e.getMessage());
                travel = Travel.NEVER;
            }
        }
        return new SpaceObject(
                change.space(),
                key,
                change.uid(),
                change.revision(),
                travel,
                SpaceObject.labels(body),
                template,
                Customization.of(key, body),
                SpaceObject.orphan(body),
                SpaceObject.defines(key, body));
    }

    private void changed(
            Space space, @Nullable SpaceObject before, @Nullable SpaceObject after, Cause cause, Dirty dirty) {
        ObjectKey key = Objects.requireNonNull(after != null ? after : before).key();
        controls.forget(space, key);
        controls.placementsFor(space, key)
                .forEach(placement -> selection.reselect(space, placement, key, dirty, cause));
        // Labels also decide what an override or an upsync set concerns.
        boolean same = before != null
                && after != null
                && before.sameForEdge(after)
                && before.labels().equals(after.labels());
        if (!same) {
            touch(space, key, cause, dirty);
        }
        if (TravelRules.isNamespace(key) && !labels(before).equals(labels(after))) {
            List<ObjectKey> inside = space.inNamespace(key.name());
            controls.namespaceRelabelled(space, inside, cause, dirty);
        }
        String was = before == null ? null : before.defines();
        String is = after == null ? null : after.defines();
        if (!Objects.equals(was, is)) {
            definitionMoved(space, was, cause, dirty);
            definitionMoved(space, is, cause, dirty);
        }
    }

    private void definitionMoved(Space space, @Nullable String kind, Cause cause, Dirty dirty) {
        if (kind == null) {
            return;
        }
        for (ObjectKey key : space.ofResource(kind.substring(0, kind.indexOf('.')))) {
            if (key.groupResource().equals(kind)) {
                controls.placementsFor(space, key)
                        .forEach(placement -> selection.reselect(space, placement, key, dirty, cause));
            }
        }
    }

    private void touch(Space space, ObjectKey key, Cause cause, Dirty dirty) {
        controls.touch(space, key, cause, dirty);
    }

    private static Map<String, String> labels(@Nullable SpaceObject object) {
        return object == null ? Map.of() : object.labels();
    }

    private Space space(String name) {
        Space space = spaces.get(name);
        if (space == null) {
            space = new Space();
            spaces.put(name, space);
        }
        return space;
    }
}
