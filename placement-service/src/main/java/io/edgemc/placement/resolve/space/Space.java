package io.edgemc.placement.resolve.space;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.customize.CustomizerSpec;
import io.edgemc.placement.resolve.customize.OverrideSpec;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.Selectable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of one space, indexed by what a change of another object may concern. */
final class Space {
    private static final String NAMESPACES = "namespaces";

    final Map<ObjectKey, SpaceObject> objects = new HashMap<>();
    final Map<String, PlacementState> placements = new HashMap<>();
    /** By {@code namespace/name}. */
    final Map<String, CustomizerSpec> customizers = new HashMap<>();

    final Map<String, OverrideSpec> overrides = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byNamespace = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byResource = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byCustomizer = new HashMap<>();
    /** CRD by the {@code plural.group} that it defines. */
    private final Map<String, ObjectKey> definitions = new HashMap<>();

    void put(SpaceObject object, Journal journal) {
        remove(object.key(), journal);
        journal.put(objects, object.key(), object);
        index(byNamespace, object.key().namespace(), object.key(), journal);
        index(byResource, object.key().resource(), object.key(), journal);
        if (object.customization().customizer() != null) {
            index(byCustomizer, object.customization().customizer(), object.key(), journal);
        }
        if (object.defines() != null) {
            journal.put(definitions, object.defines(), object.key());
        }
    }

    @Nullable
    SpaceObject remove(ObjectKey key, Journal journal) {
        SpaceObject before = journal.remove(objects, key);
        if (before == null) {
            return null;
        }
        unindex(byNamespace, key.namespace(), key, journal);
        unindex(byResource, key.resource(), key, journal);
        if (before.customization().customizer() != null) {
            unindex(byCustomizer, before.customization().customizer(), key, journal);
        }
        if (before.defines() != null && key.equals(definitions.get(before.defines()))) {
            journal.remove(definitions, before.defines());
        }
        return before;
    }

    Selectable selectable(SpaceObject object) {
        return new Selectable(object.key(), object.labels(), namespaceLabels(object.key()));
    }

    private Map<String, String> namespaceLabels(ObjectKey key) {
        if (key.namespace().isEmpty()) {
            return Map.of();
        }
        SpaceObject namespace = objects.get(namespace(key.namespace()));
        return namespace == null ? Map.of() : namespace.labels();
    }

    /** The CRD that defines an object's kind, and the namespace that it is in: what comes along with it. */
    List<ObjectKey> companions(ObjectKey key) {
        List<ObjectKey> companions = new ArrayList<>(2);
        ObjectKey definition = definitions.get(key.groupResource());
        if (definition != null) {
            companions.add(definition);
        }
        if (!key.namespace().isEmpty()) {
            companions.add(namespace(key.namespace()));
        }
        return companions;
    }

    List<ObjectKey> inNamespace(String namespace) {
        return List.copyOf(byNamespace.getOrDefault(namespace, Set.of()));
    }

    List<ObjectKey> ofResource(String resource) {
        return List.copyOf(byResource.getOrDefault(resource, Set.of()));
    }

    List<ObjectKey> customizedBy(String customizer) {
        return List.copyOf(byCustomizer.getOrDefault(customizer, Set.of()));
    }

    static ObjectKey namespace(String name) {
        return new ObjectKey("", NAMESPACES, "", name);
    }

    private static void index(Map<String, Set<ObjectKey>> index, String at, ObjectKey key, Journal journal) {
        Set<ObjectKey> keys = index.get(at);
        if (keys == null) {
            keys = new HashSet<>();
            journal.put(index, at, keys);
        }
        journal.add(keys, key);
    }

    private static void unindex(Map<String, Set<ObjectKey>> index, String at, ObjectKey key, Journal journal) {
        Set<ObjectKey> keys = index.get(at);
        if (keys != null) {
            journal.remove(keys, key);
            if (keys.isEmpty()) {
                journal.remove(index, at);
            }
        }
    }
}
