package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.customize.OverrideSpec;
import io.edgemc.placement.resolve.customize.Recipe;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.Selectable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out how objects are customized, and remembers it for those that are; a recipe stays the same object until it changes. */
final class Recipes {
    private final Map<Space, Map<ObjectKey, Recipe>> known = new HashMap<>();

    Recipe of(Space space, SpaceObject object) {
        Map<ObjectKey, Recipe> recipes = known.computeIfAbsent(space, any -> new HashMap<>());
        Recipe recipe = recipes.get(object.key());
        if (recipe == null) {
            recipe = make(space, object);
            recipes.put(object.key(), recipe);
        }
        return recipe;
    }

    void forget(Space space, ObjectKey key, Journal journal) {
        Map<ObjectKey, Recipe> recipes = known.computeIfAbsent(space, any -> new HashMap<>());
        recipes.remove(key);
        // What is worked out within this batch is wrong when the batch is taken back.
        journal.undoBy(() -> recipes.remove(key));
    }

    private static Recipe make(Space space, SpaceObject object) {
        String customizer = object.customization().customizer();
        return new Recipe(
                object.customization(),
                customizer == null ? null : space.customizers.get(customizer),
                overrides(space, object));
    }

    private static List<OverrideSpec> overrides(Space space, SpaceObject object) {
        if (space.overrides.isEmpty()) {
            return List.of();
        }
        Selectable selectable = space.selectable(object);
        return space.overrides.values().stream()
                .filter(override -> override.concerns(selectable))
                .sorted()
                .toList();
    }
}
