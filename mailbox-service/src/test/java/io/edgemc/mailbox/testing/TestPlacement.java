package io.edgemc.mailbox.testing;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stands for placement-service: publishes clusters, contents and targets as it does. */
public final class TestPlacement {
    private static final AtomicLong REVISIONS = new AtomicLong(100);
    public static final Digest DECISION = Digest.sha256("decision");

    private final TestHub hub = TestHub.shared();

    /** A cluster as tests name it. */
    public record Cluster(String uid, String name) {}

    /** A cluster that has a mailbox when this returns. */
    public Cluster cluster(String prefix) {
        String uid = UUID.randomUUID().toString();
        Cluster cluster = new Cluster(uid, prefix + "-" + uid.substring(0, 6));
        register(cluster);
        Until.holds(
                "the mailbox is there",
                () -> hub.bean(MailboxIndex.class).find(uid).isPresent());
        return cluster;
    }

    public void register(Cluster cluster) {
        register(cluster, ClusterState.ACTIVE);
    }

    public void register(Cluster cluster, ClusterState state) {
        ClusterRecord record = new ClusterRecord(
                cluster.uid(),
                cluster.name(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "Full",
                false,
                state,
                REVISIONS.incrementAndGet());
        publish(Topics.INVENTORY, cluster.uid(), EventTypes.CLUSTER, ApiJson.MAPPER.writeValueAsBytes(record));
    }

    public void remove(Cluster cluster) {
        publish(Topics.INVENTORY, cluster.uid(), EventTypes.CLUSTER, null);
        publish(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, null);
    }

    public static ObjectNode configMap(String namespace, String name, String value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        object.putObject("data").put("key", value);
        return object;
    }

    public static ObjectNode secret(String namespace, String name, String value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Secret");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        object.putObject("stringData").put("key", value);
        return object;
    }

    public static ObjectKey key(String resource, String namespace, String name) {
        return new ObjectKey("", resource, namespace, name);
    }

    /** The content of an object, sealed if it is a Secret. */
    public Content content(ObjectNode object) {
        byte[] bytes = CanonicalJson.bytes(object);
        return object.path("kind").asString("").equals("Secret")
                ? hub.keys().seal(ContentKind.OBJECT, bytes)
                : Content.plain(ContentKind.OBJECT, bytes);
    }

    public Content publish(Content content) {
        BusEvent event = content.keyId() == null
                ? BusEvent.json(
                        content.digest().hex(),
                        EventTypes.content(content.kind()),
                        "/edge-mc/placement",
                        Instant.now(),
                        content.bytes())
                : BusEvent.bytes(
                                content.digest().hex(),
                                EventTypes.content(content.kind()),
                                "/edge-mc/placement",
                                Instant.now(),
                                content.bytes())
                        .with("edgemckeyid", content.keyId());
        hub.publisher()
                .publish(OutgoingEvent.of(
                        Topics.CONTENT.topic(), content.digest().hex(), event))
                .join();
        return content;
    }

    /** A manifest and its nodes. */
    public record Built(Digest root, List<Content> nodes) {}

    public static Built manifest(List<ManifestEntry> entries) {
        List<Content> nodes = new ArrayList<>();
        Digest root = new ManifestTree(digest -> {
                    throw new MissingContentException(digest);
                })
                .build(entries, nodes::add);
        return new Built(root, nodes);
    }

    /** Publishes a manifest that applies these objects, and returns its state. */
    public TargetState state(ObjectNode... objects) {
        List<ManifestEntry> entries = new ArrayList<>();
        for (ObjectNode object : objects) {
            entries.add(apply(object, publish(content(object)).digest()));
        }
        return state(entries);
    }

    /** As {@link #state(ObjectNode...)}, but the contents of the objects are not published. */
    public TargetState stateWithoutContents(ObjectNode... objects) {
        return state(Arrays.stream(objects)
                .map(object -> apply(object, content(object).digest()))
                .toList());
    }

    public TargetState state(List<ManifestEntry> entries) {
        Built built = manifest(entries);
        built.nodes().forEach(this::publish);
        return new TargetState(built.root(), ManifestTree.EMPTY);
    }

    public static ManifestEntry apply(ObjectNode object, Digest content) {
        return ManifestEntry.apply(keyOf(object), content, Set.of(), DECISION);
    }

    public static ObjectKey keyOf(ObjectNode object) {
        String kind = object.path("kind").asString("");
        String group = object.path("apiVersion").asString("").contains("/")
                ? object.path("apiVersion").asString("").split("/")[0]
                : "";
        return new ObjectKey(
                group,
                kind.toLowerCase(java.util.Locale.ROOT) + "s",
                object.path("metadata").path("namespace").asString(""),
                object.path("metadata").path("name").asString(""));
    }

    /** Sets a cluster's target and returns it. */
    public Target target(Cluster cluster, TargetState state) {
        return target(cluster, state, Instant.now());
    }

    /** Sets a cluster's target, as following from a write of then. */
    public Target target(Cluster cluster, TargetState state, Instant writtenAt) {
        return publish(Topics.TARGETS.topic(), newer(cluster, state, writtenAt));
    }

    /** Sets a cluster's target by another topic than everybody's. */
    public Target target(String topic, Cluster cluster, TargetState state) {
        return publish(topic, newer(cluster, state, Instant.now()));
    }

    private static Target newer(Cluster cluster, TargetState state, Instant writtenAt) {
        return new Target(
                cluster.uid(),
                REVISIONS.incrementAndGet(),
                state,
                null,
                1,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                writtenAt.toString());
    }

    private Target publish(String topic, Target target) {
        publish(topic, target.clusterUid(), EventTypes.TARGET, ApiJson.MAPPER.writeValueAsBytes(target));
        return target;
    }

    public void publish(Topics topic, String key, String type, byte @Nullable [] json) {
        publish(topic.topic(), key, type, json);
    }

    private void publish(String topic, String key, String type, byte @Nullable [] json) {
        String id = UUID.randomUUID().toString();
        BusEvent event = json == null
                ? BusEvent.tombstone(id, type, "/edge-mc/placement", Instant.now())
                : BusEvent.json(id, type, "/edge-mc/placement", Instant.now(), json);
        hub.publisher().publish(OutgoingEvent.of(topic, key, event)).join();
    }
}
