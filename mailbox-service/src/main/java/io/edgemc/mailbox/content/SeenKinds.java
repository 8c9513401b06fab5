package io.edgemc.mailbox.content;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.mailbox.postbox.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Remembers the kinds of objects that mailboxes hold: those that CustomResourceDefinitions define, and those that were reported. */
public final class SeenKinds {
    private static final byte[] DEFINITION =
            "\"kind\":\"CustomResourceDefinition\"".getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;
    /** Saves the table from hearing of the same kind with every report. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public SeenKinds(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The definitions: a CustomResourceDefinition, or {@code {group, version, kind, resource, namespaced}} of a reported kind. */
    public List<ObjectNode> all() {
        return ledger.jdbc()
                .query(
                        "select definition from seen_kind order by kind",
                        (row, i) -> CanonicalJson.parseObject(row.getString(1).getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes note of definitions among contents, inside a transaction. */
    void sawContents(Collection<Content> contents) {
        TreeMap<String, ObjectNode> kinds = new TreeMap<>();
        for (Content content : contents) {
            if (content.kind() == ContentKind.OBJECT && !content.sealed() && contains(content.bytes())) {
                ObjectNode crd = CanonicalJson.parseObject(content.bytes());
                String group = crd.path("spec").path("group").asString("");
                String plural = crd.path("spec").path("names").path("plural").asString("");
                if (!plural.isEmpty() && !group.isEmpty()) {
                    kinds.put(plural + "." + group, crd);
                }
            }
        }
        store(
                kinds,
                "do update set definition = excluded.definition, position = excluded.position "
                        + "where k.definition <> excluded.definition");
    }

    /** Takes note of the kinds of reported objects, inside a transaction. A kind that is defined stays as defined. */
    public void sawObjects(Collection<ObjectReport> reports) {
        TreeMap<String, ObjectNode> kinds = new TreeMap<>();
        for (ObjectReport report : reports) {
            ObjectNode object = report.object();
            String name = report.key().groupResource();
            if (object != null && !reported.contains(name)) {
                String apiVersion = object.path("apiVersion").asString("");
                kinds.put(
                        name,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("group", report.key().group())
                                .put("version", apiVersion.substring(apiVersion.indexOf('/') + 1))
                                .put("kind", object.path("kind").asString(""))
                                .put("resource", report.key().resource())
                                .put("namespaced", !report.key().namespace().isEmpty()));
            }
        }
        store(kinds, "do nothing");
        reported.addAll(kinds.keySet());
    }

    private void store(TreeMap<String, ObjectNode> kinds, String onConflict) {
        if (kinds.isEmpty()) {
            return;
        }
        long position = ledger.positions(1).first();
        List<Object[]> rows = new ArrayList<>();
        kinds.forEach((name, definition) -> rows.add(
                new Object[] {name, new String(CanonicalJson.bytes(definition), StandardCharsets.UTF_8), position}));
        ledger.jdbc()
                .batchUpdate(
                        "insert into seen_kind as k (kind, definition, position) values (?, ?, ?) on conflict (kind) "
                                + onConflict,
                        rows);
    }

    private static boolean contains(byte[] json) {
        outer:
        for (int i = 0; i <= json.length - DEFINITION.length; i++) {
            for (int j = 0; j < DEFINITION.length; j++) {
                if (json[i + j] != DEFINITION[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
