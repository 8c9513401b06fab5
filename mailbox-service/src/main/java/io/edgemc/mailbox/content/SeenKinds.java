package io.edgemc.mailbox.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.mailbox.postbox.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Remembers the kinds of objects that mailboxes hold: those that CustomResourceDefinitions define, and those that were reported. */
public final class SeenKinds {
    private static final Logger LOG = LoggerFactory.getLogger(SeenKinds.class);
    /** Kinds that the reports of one cluster may add: an edge may make up as many as it likes. */
    private static final int MAX_PER_CLUSTER = 256;

    private static final byte[] DEFINITION =
            "\"kind\":\"CustomResourceDefinition\"".getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;
    /** Saves the table from hearing of the same kind with every report. Only kinds that were committed are here. */
    private final Cache<String, Boolean> reported =
            Caffeine.newBuilder().maximumSize(10_000).build();
    /** Clusters of which it was said that they bring too many. */
    private final Cache<String, Boolean> said =
            Caffeine.newBuilder().maximumSize(10_000).build();

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
                Map.of(),
                "do update set definition = excluded.definition, position = excluded.position, cluster_uid = null "
                        + "where k.definition <> excluded.definition or k.cluster_uid is not null");
    }

    /**
     * Takes note of the kinds of reported objects, inside a transaction. A kind that is defined stays as defined; what a cluster
     * brings beyond its share is not noted.
     *
     * @return to be called after the commit
     */
    public Runnable sawObjects(Collection<ObjectReport> reports) {
        TreeMap<String, ObjectNode> kinds = new TreeMap<>();
        Map<String, String> seenBy = new HashMap<>();
        for (ObjectReport report : reports) {
            ObjectNode object = report.object();
            String name = report.key().groupResource();
            if (object != null && reported.getIfPresent(name) == null) {
                seenBy.put(name, report.clusterUid());
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
        dropWhatIsKnown(kinds.keySet());
        dropWhatIsTooMuch(kinds.keySet(), seenBy);
        store(kinds, seenBy, "do nothing");
        Set<String> noted = Set.copyOf(kinds.keySet());
        return () -> noted.forEach(kind -> reported.put(kind, true));
    }

    private void dropWhatIsKnown(Set<String> kinds) {
        if (!kinds.isEmpty()) {
            List<String> known = ledger.jdbc()
                    .query("select kind from seen_kind where kind = any(?)", (row, i) -> row.getString(1), (Object)
                            kinds.toArray(String[]::new));
            known.forEach(kind -> {
                kinds.remove(kind);
                reported.put(kind, true);
            });
        }
    }

    private void dropWhatIsTooMuch(Set<String> kinds, Map<String, String> seenBy) {
        Map<String, Integer> room = new HashMap<>();
        kinds.removeIf(kind -> {
            String cluster = Objects.requireNonNull(seenBy.get(kind));
            int left = room.computeIfAbsent(cluster, this::room);
            room.put(cluster, left - 1);
            if (left <= 0 && said.asMap().putIfAbsent(cluster, true) == null) {
                LOG.atWarn()
                        .addKeyValue("cluster", cluster)
                        .addKeyValue("kind", kind)
                        .log("a cluster reports more kinds than it may add; those beyond are not shown");
            }
            return left <= 0;
        });
    }

    private int room(String clusterUid) {
        Integer taken = ledger.jdbc()
                .queryForObject("select count(*) from seen_kind where cluster_uid = ?", Integer.class, clusterUid);
        return MAX_PER_CLUSTER - (taken == null ? 0 : taken);
    }

    private void store(TreeMap<String, ObjectNode> kinds, Map<String, String> seenBy, String onConflict) {
        if (kinds.isEmpty()) {
            return;
        }
        long position = ledger.positions(1).first();
        List<Object[]> rows = new ArrayList<>();
        kinds.forEach((name, definition) -> rows.add(new Object[] {
            name, new String(CanonicalJson.bytes(definition), StandardCharsets.UTF_8), position, seenBy.get(name)
        }));
        ledger.jdbc()
                .batchUpdate(
                        "insert into seen_kind as k (kind, definition, position, cluster_uid) values (?, ?, ?, ?) on conflict (kind) "
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
