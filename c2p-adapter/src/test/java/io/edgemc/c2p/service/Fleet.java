package io.edgemc.c2p.service;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands for the rest of the hub: publishes clusters, targets, contents and reports as it does. */
final class Fleet {
    private static final AtomicLong REVISIONS = new AtomicLong(100);
    private static final AtomicLong SEQUENCES = new AtomicLong();

    /** A cluster. */
    record Cluster(String uid, String name) {
        static Cluster named(String name) {
            return new Cluster(UUID.randomUUID().toString(), name);
        }
    }

    private final RunningService service;

    Fleet(RunningService service) {
        this.service = service;
    }

    /** A registered cluster whose syncer is connected. */
    Cluster cluster(String name) {
        Cluster cluster = Cluster.named(name);
        register(cluster);
        contact(cluster, 1, true, false);
        return cluster;
    }

    void register(Cluster cluster) {
        ClusterRecord record = new ClusterRecord(
                cluster.uid(),
                cluster.name(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "Full",
                false,
                ClusterState.ACTIVE,
                REVISIONS.incrementAndGet());
        publish(Topics.INVENTORY, cluster.uid(), EventTypes.CLUSTER, ApiJson.MAPPER.writeValueAsBytes(record));
    }

    void remove(Cluster cluster) {
        publish(Topics.INVENTORY, cluster.uid(), EventTypes.CLUSTER, null);
        publish(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, null);
        publishReport(cluster, ReportKeys.cluster(cluster.uid()), EventTypes.CLUSTER_REPORT, null);
    }

    void contact(Cluster cluster, long epoch, boolean connected, boolean stale) {
        ClusterReport report = new ClusterReport(
                cluster.uid(),
                epoch,
                SEQUENCES.incrementAndGet(),
                connected,
                stale,
                Instant.now().toString(),
                0,
                null,
                List.of(),
                null,
                null,
                "");
        publishReport(
                cluster,
                ReportKeys.cluster(cluster.uid()),
                EventTypes.CLUSTER_REPORT,
                ApiJson.MAPPER.writeValueAsBytes(report));
    }

    /** Places exactly these policies; contents come after the target if {@code late}. Returns what the target needs. */
    Set<Digest> place(Cluster cluster, boolean late, List<ObjectNode> policies) {
        Map<Digest, Content> contents = new java.util.LinkedHashMap<>();
        List<ManifestEntry> entries = new ArrayList<>();
        for (ObjectNode policy : policies) {
            Content content = Content.plain(ContentKind.OBJECT, CanonicalJson.bytes(policy));
            contents.put(content.digest(), content);
            entries.add(ManifestEntry.apply(key(policy), content.digest(), Set.of(), Digest.sha256("decision")));
        }
        ManifestTree tree = new ManifestTree(digest -> {
            throw new MissingContentException(digest);
        });
        Digest root = tree.build(entries, node -> contents.put(node.digest(), node));
        Target target = new Target(
                cluster.uid(),
                REVISIONS.incrementAndGet(),
                new TargetState(root, ManifestTree.EMPTY),
                null,
                1,
                "",
                null);
        Runnable send = () ->
                publish(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, ApiJson.MAPPER.writeValueAsBytes(target));
        if (late) {
            send.run();
        }
        contents.values()
                .forEach(content -> publish(
                        Topics.CONTENT, content.digest().hex(), EventTypes.content(content.kind()), content.bytes()));
        if (!late) {
            send.run();
        }
        return contents.keySet();
    }

    /** Withdraws contents, as the hub does with those that no target needs. */
    void giveUp(Set<Digest> digests) {
        digests.forEach(digest -> publish(Topics.CONTENT, digest.hex(), EventTypes.content(ContentKind.OBJECT), null));
    }

    ObjectReport report(Cluster cluster, ObjectNode object) {
        return report(cluster, 1, SEQUENCES.incrementAndGet(), object);
    }

    ObjectReport report(Cluster cluster, long epoch, long sequence, ObjectNode object) {
        ObjectReport report = new ObjectReport(
                cluster.uid(),
                epoch,
                sequence,
                key(object),
                Origin.UPSYNC,
                1,
                Digest.sha256(CanonicalJson.bytes(object)).hex(),
                false,
                object,
                Instant.now().toString(),
                "");
        send(cluster, report);
        return report;
    }

    void delete(Cluster cluster, ObjectNode object) {
        send(
                cluster,
                new ObjectReport(
                        cluster.uid(),
                        1,
                        SEQUENCES.incrementAndGet(),
                        key(object),
                        Origin.UPSYNC,
                        0,
                        "",
                        true,
                        null,
                        Instant.now().toString(),
                        ""));
    }

    void send(Cluster cluster, ObjectReport report) {
        publishReport(
                cluster,
                ReportKeys.object(cluster.uid(), report.key()),
                EventTypes.OBJECT_REPORT,
                ApiJson.MAPPER.writeValueAsBytes(report));
    }

    /** A record that is no report, under the key of one. */
    void sendPoison(Cluster cluster, ObjectKey key, String data) {
        publishReport(
                cluster,
                ReportKeys.object(cluster.uid(), key),
                EventTypes.OBJECT_REPORT,
                data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void publishReport(Cluster cluster, String key, String type, byte @Nullable [] json) {
        service.publisher()
                .publish(OutgoingEvent.of(Topics.REPORTS.topic(), key, event(type, json))
                        .partitionedBy(cluster.uid()))
                .join();
    }

    private void publish(Topics topic, String key, String type, byte @Nullable [] json) {
        service.publisher()
                .publish(OutgoingEvent.of(topic.topic(), key, event(type, json)))
                .join();
    }

    private static BusEvent event(String type, byte @Nullable [] json) {
        String id = UUID.randomUUID().toString();
        return json == null
                ? BusEvent.tombstone(id, type, "/test", Instant.now())
                : BusEvent.json(id, type, "/test", Instant.now(), json);
    }

    static ObjectKey key(JsonNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("").toLowerCase(Locale.ROOT);
        return new ObjectKey(
                apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "",
                kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s",
                object.path("metadata").path("namespace").asString(""),
                object.path("metadata").path("name").asString(""));
    }
}
