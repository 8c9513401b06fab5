package io.edgemc.kube.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of {@code metadata.managedFields}. Not thread-safe. */
final class ManagedFields {
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

    private static final int MOST_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    private final List<Entry> entries = new ArrayList<>();

    static ManagedFields of(@Nullable JsonNode object) {
        ManagedFields managed = new ManagedFields();
        if (object == null) {
            return managed;
        }
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            Manager manager = new Manager(
                    entry.path("manager").asString(""),
                    entry.path("operation").asString(Manager.UPDATE),
                    entry.path("apiVersion").asString(""),
                    entry.path("subresource").asString(""));
            managed.entries.add(new Entry(
                    manager,
                    FieldSet.parse(entry.path("fieldsV1")),
                    entry.path("time").asString("")));
        }
        return managed;
    }

    List<Entry> entries() {
        return entries;
    }

    @Nullable
    Entry find(Manager manager) {
        return entries.stream()
                .filter(entry -> entry.manager.isSameAs(manager))
                .findFirst()
                .orElse(null);
    }

    FieldSet fieldsOf(Manager manager) {
        Entry entry = find(manager);
        return entry == null ? new FieldSet() : entry.fields;
    }

    /** Sets what a manager owns; its time moves only if that changed. */
    void put(Manager manager, FieldSet fields, String now) {
        Entry entry = find(manager);
        if (entry == null) {
            if (!fields.isEmpty()) {
                entries.add(new Entry(manager, fields, now));
            }
        } else {
            boolean same = entry.fields.equals(fields) && entry.manager.equals(manager);
            int at = entries.indexOf(entry);
            entries.set(at, new Entry(manager, fields, same ? entry.time : now));
        }
    }

    /** Takes fields away from everybody but one. */
    void takeFromOthers(Manager one, FieldSet taken, FieldSet removed) {
        for (Entry entry : entries) {
            if (!entry.manager.isSameAs(one)) {
                entry.fields = entry.fields.difference(taken).difference(removed);
            }
        }
    }

    void write(ObjectNode object) {
        entries.removeIf(entry -> entry.fields.isEmpty());
        cap();
        ObjectNode metadata = (ObjectNode) object.required("metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode array = metadata.putArray("managedFields");
        entries.stream().sorted(AS_WRITTEN).forEach(entry -> write(entry, array));
    }

    private static void write(Entry entry, ArrayNode array) {
        ObjectNode node = array.addObject()
                .put("manager", entry.manager.name())
                .put("operation", entry.manager.operation())
                .put("apiVersion", entry.manager.apiVersion());
        if (!entry.time.isEmpty()) {
            node.put("time", entry.time);
        }
        node.put("fieldsType", "FieldsV1").set("fieldsV1", entry.fields.json());
        if (!entry.manager.subresource().isEmpty()) {
            node.put("subresource", entry.manager.subresource());
        }
    }

    /** Updaters come and go with their names and versions: the oldest are put together. */
    private void cap() {
        while (true) {
            List<Entry> updaters = entries.stream()
                    .filter(entry -> !entry.manager.applies())
                    .sorted(Comparator.comparing(entry -> entry.time))
                    .toList();
            if (updaters.size() <= MOST_UPDATERS) {
                return;
            }
            Entry oldest = updaters.get(0);
            Entry next = updaters.get(1);
            entries.remove(oldest);
            entries.remove(next);
            entries.add(new Entry(
                    new Manager(ANCIENT, Manager.UPDATE, next.manager.apiVersion(), ""),
                    oldest.fields.union(next.fields),
                    next.time));
        }
    }
}
