package io.edgemc.kube.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of {@code metadata.managedFields}. Not thread-safe. */
final class ManagedFields {
    /** One manager's; {@code time} is empty for none. */
    static final class Entry {
        final Manager manager;
        FieldSet fields;
        String time;

        Entry(Manager manager, FieldSet fields, String time) {
            this.manager = manager;
            this.fields = fields;
            this.time = time;
        }
    }

    /** Those who apply first, then by time, then by name: the order in which an API server writes them. */
    private static final Comparator<Entry> AS_WRITTEN = Comparator.comparing((Entry entry) -> !entry.manager.applies())
            .thenComparing(entry -> entry.time)
            .thenComparing(entry -> entry.manager.name())
            .thenComparing(entry -> entry.manager.apiVersion())
            .thenComparing(entry -> entry.manager.subresource());

    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing((Entry entry) -> entry.time)
            .thenComparing(entry -> entry.manager.name())
            .thenComparing(entry -> entry.manager.apiVersion())
            .thenComparing(entry -> entry.manager.subresource());

    private static final int MOST_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    private final List<Entry> entries = new ArrayList<>();

    /** As they are stored; none for null. */
    static ManagedFields of(@Nullable JsonNode object) {
        ManagedFields managed = new ManagedFields();
        if (object != null) {
            for (JsonNode entry : object.path("metadata").path("managedFields")) {
                // Of two with the same name, the later counts: an API server reads it so, and after a scale there may
                // be two.
                managed.put(
                        Manager.of(entry),
                        FieldSet.parse(entry.path("fieldsV1")),
                        entry.path("time").asString(""));
            }
        }
        return managed;
    }

    /**
     * Those that a client sent in {@code object}, or those of {@code stored} if it sent none that can be used. An empty list,
     * or one empty entry, means that nobody owns anything any more; of a custom kind, an empty list says nothing.
     */
    static ManagedFields sent(ObjectNode object, @Nullable JsonNode stored, boolean custom) {
        JsonNode sent = object.path("metadata").path("managedFields");
        boolean none = sent.isArray() && sent.isEmpty() && !custom;
        if (none || sent.size() == 1 && sent.get(0).isEmpty()) {
            return new ManagedFields();
        }
        if (sent.isEmpty()
                || stored != null && sent.equals(stored.path("metadata").path("managedFields"))) {
            return of(stored);
        }
        ManagedFields managed = new ManagedFields();
        try {
            for (JsonNode entry : sent) {
                managed.put(
                        Manager.read(entry),
                        FieldSet.read(entry.path("fieldsV1")),
                        entry.path("time").asString(""));
            }
            return managed;
        } catch (IllegalArgumentException e) {
            return of(stored);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable
    Entry find(Manager manager) {
        return entries.stream()
                .filter(entry -> entry.manager.isSameAs(manager))
                .findFirst()
                .orElse(null);
    }

    /** Sets what a manager owns, in place of what it owned. */
    void put(Manager manager, FieldSet fields, String time) {
        entries.removeIf(entry -> entry.manager.isSameAs(manager));
        entries.add(new Entry(manager, fields, time));
    }

    void removeIf(Predicate<Entry> gone) {
        entries.removeIf(gone);
    }

    /** @param asText whether fields are in the order of their texts, as objects of custom kinds keep them */
    void write(ObjectNode object, boolean asText) {
        entries.removeIf(entry -> entry.fields.isEmpty());
        ObjectNode metadata = (ObjectNode) object.required("metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode array = metadata.putArray("managedFields");
        entries.stream().sorted(AS_WRITTEN).forEach(entry -> write(entry, array, asText));
    }

    private static void write(Entry entry, ArrayNode array, boolean asText) {
        ObjectNode node = array.addObject();
        if (!entry.manager.name().isEmpty()) {
            node.put("manager", entry.manager.name());
        }
        node.put("operation", entry.manager.operation()).put("apiVersion", entry.manager.apiVersion());
        if (!entry.time.isEmpty()) {
            node.put("time", entry.time);
        }
        node.put("fieldsType", "FieldsV1").set("fieldsV1", asText ? entry.fields.jsonByText() : entry.fields.json());
        if (!entry.manager.subresource().isEmpty()) {
            node.put("subresource", entry.manager.subresource());
        }
    }

    /**
     * Updaters come and go with their names and versions: beyond ten, the oldest are put together, those of each version by
     * themselves.
     */
    void cap() {
        List<Entry> updaters = entries.stream()
                .filter(entry -> !entry.manager.applies())
                .sorted(OLDEST_FIRST)
                .toList();
        int left = updaters.size();
        Map<String, Entry> first = new HashMap<>();
        for (Entry entry : updaters) {
            if (left <= MOST_UPDATERS) {
                return;
            }
            String version = entry.manager.apiVersion();
            Entry earlier = first.putIfAbsent(version, entry);
            if (earlier == null) {
                continue;
            }
            Manager ancient = new Manager(ANCIENT, Manager.UPDATE, version, "");
            FieldSet all = earlier.fields.union(entry.fields);
            entries.remove(earlier);
            entries.remove(entry);
            put(ancient, all, entry.time);
            first.put(version, java.util.Objects.requireNonNull(find(ancient)));
            left--;
        }
    }
}
