package io.edgemc.summarizer.fleet;

import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.event.CloudEventHeaders;
import io.edgemc.summarizer.wire.SummarizerTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records as the other services write them. */
public record Inputs(SummarizerTopics topics) {
    public static final ObjectKey REPORT = new ObjectKey("wgpolicyk8s.io", "policyreports", "shop", "report");
    /** Of now: what is older than a day counts as forgotten by readers of events. */
    private static final Instant TIME = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** One result of a policy report. */
    public record Result(
            String policy,
            String rule,
            String outcome,
            @Nullable String severity) {
        public static Result of(String policy, String outcome) {
            return new Result(policy, "r", outcome, null);
        }
    }

    public ProducerRecord<byte[], byte[]> cluster(String uid, String name, Map<String, String> labels) {
        ClusterRecord cluster = new ClusterRecord(
                uid, name, labels, Map.of(), Map.of(), List.of(), "Full", false, ClusterState.ACTIVE, 1);
        return event(topics.inventory(), uid, EventTypes.CLUSTER, json(cluster));
    }

    public ProducerRecord<byte[], byte[]> clusterGone(String uid) {
        return event(topics.inventory(), uid, EventTypes.CLUSTER, null);
    }

    public ProducerRecord<byte[], byte[]> report(
            String uid, ObjectKey key, long epoch, long sequence, Result... results) {
        return report(uid, key, epoch, sequence, policyReport(key, List.of(results)));
    }

    public ProducerRecord<byte[], byte[]> report(
            String uid, ObjectKey key, long epoch, long sequence, ObjectNode object) {
        String hash = Digest.sha256(CanonicalJson.bytes(object)).hex();
        return report(new ObjectReport(
                uid, epoch, sequence, key, Origin.UPSYNC, 1, hash, false, object, TIME.toString(), ""));
    }

    public ProducerRecord<byte[], byte[]> deleted(String uid, ObjectKey key, long epoch, long sequence) {
        return report(
                new ObjectReport(uid, epoch, sequence, key, Origin.UPSYNC, 1, "", true, null, TIME.toString(), ""));
    }

    private ProducerRecord<byte[], byte[]> report(ObjectReport report) {
        String key = ReportKeys.object(report.clusterUid(), report.key());
        return event(topics.reports(), key, EventTypes.OBJECT_REPORT, json(report));
    }

    public ProducerRecord<byte[], byte[]> objectGone(String uid, ObjectKey key) {
        return event(topics.reports(), ReportKeys.object(uid, key), EventTypes.OBJECT_REPORT, null);
    }

    public ProducerRecord<byte[], byte[]> applied(
            String uid, long sequence, long revision, boolean stale, ObjectException... exceptions) {
        ClusterReport report = new ClusterReport(
                uid, 1, sequence, !stale, stale, null, revision, null, List.of(exceptions), null, null, "");
        return event(topics.reports(), ReportKeys.cluster(uid), EventTypes.CLUSTER_REPORT, json(report));
    }

    public ProducerRecord<byte[], byte[]> target(String uid, long revision, @Nullable Digest combination, long since) {
        Target target = new Target(uid, revision, TargetState.EMPTY, combination, since, "", null);
        return event(topics.targets(), uid, EventTypes.TARGET, json(target));
    }

    public ProducerRecord<byte[], byte[]> content(Combination combination) {
        return content(ContentKind.COMBINATION, json(combination));
    }

    public ProducerRecord<byte[], byte[]> content(Decision decision) {
        return content(ContentKind.DECISION, json(decision));
    }

    public ProducerRecord<byte[], byte[]> content(ContentKind kind, byte[] data) {
        return event(topics.content(), Digest.sha256(data).hex(), EventTypes.content(kind), data);
    }

    public ProducerRecord<byte[], byte[]> contentGone(Digest digest) {
        return event(topics.content(), digest.hex(), EventTypes.content(ContentKind.COMBINATION), null);
    }

    public static Digest digest(Object content) {
        return Digest.sha256(json(content));
    }

    public static ObjectException exception(Decision decision) {
        return new ObjectException(
                new ObjectKey("", "configmaps", "shop", "page"),
                "invalid",
                "no",
                true,
                digest(decision),
                TIME.toString());
    }

    public ProducerRecord<byte[], byte[]> event(String topic, String key, String type, byte @Nullable [] data) {
        BusEvent event = data == null
                ? BusEvent.tombstone("id", type, "/test", TIME)
                : BusEvent.json("id", type, "/test", TIME, data);
        return new ProducerRecord<>(
                topic,
                null,
                TIME.toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                data,
                CloudEventHeaders.write(event));
    }

    public static ObjectNode policyReport(ObjectKey key, List<Result> results) {
        ObjectNode report = ApiJson.MAPPER.createObjectNode();
        report.put("apiVersion", key.group() + "/v1alpha2");
        ObjectNode metadata = report.putObject("metadata").put("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.put("namespace", key.namespace());
        }
        ArrayNode list = report.putArray("results");
        for (Result result : results) {
            ObjectNode item = list.addObject()
                    .put("policy", result.policy())
                    .put("rule", result.rule())
                    .put("result", result.outcome());
            if (result.severity() != null) {
                item.put("severity", result.severity());
            }
        }
        return report;
    }

    private static byte[] json(Object value) {
        return CanonicalJson.bytes(ApiJson.MAPPER.<JsonNode>valueToTree(value));
    }
}
