package io.edgemc.mailbox.report;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.mailbox.content.ContentIntake;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reports as events: those of Secrets sealed, and without values where the hub sent the Secret. Thread-safe. */
final class SealedReports {
    private static final String SOURCE = "/edge-mc/mailbox";
    private static final List<String> VALUES = List.of("data", "stringData");

    private final KeyRing keys;
    private final Clock clock;

    SealedReports(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    static boolean isSecret(ObjectKey key) {
        return key.group().isEmpty() && key.resource().equals("secrets");
    }

    /** The report without the values of a Secret that the hub has anyway. */
    static ObjectReport withoutValues(ObjectReport report) {
        ObjectNode object = report.object();
        if (object == null || report.origin() != Origin.DOWNSYNC || !isSecret(report.key())) {
            return report;
        }
        ObjectNode without = object.deepCopy();
        without.remove(VALUES);
        return new ObjectReport(
                report.clusterUid(),
                report.epoch(),
                report.sequence(),
                report.key(),
                report.origin(),
                report.generation(),
                report.hash(),
                report.deleted(),
                without,
                report.observedAt(),
                report.traceparent());
    }

    BusEvent event(ObjectReport report) {
        byte[] json = ApiJson.MAPPER.writeValueAsBytes(report);
        String id = report.clusterUid() + "/" + report.epoch() + "/" + report.sequence();
        BusEvent event = isSecret(report.key())
                ? BusEvent.bytes(id, EventTypes.OBJECT_REPORT, SOURCE, clock.instant(), keys.seal(json))
                        .with(ContentIntake.KEY_ID, keys.sealingKeyId())
                : BusEvent.json(id, EventTypes.OBJECT_REPORT, SOURCE, clock.instant(), json);
        return event.withTraceparent(report.traceparent().isEmpty() ? null : report.traceparent());
    }

    ObjectReport read(BusEvent event) {
        String keyId = event.extensions().get(ContentIntake.KEY_ID);
        byte[] data = event.requireData();
        return ApiJson.MAPPER.readValue(keyId == null ? data : keys.open(keyId, data), ObjectReport.class);
    }

    /** A hash as it may rest in a table: that of a Secret would let its values be guessed. */
    String restingHash(ObjectKey key, String hash) {
        return isSecret(key) && !hash.isEmpty()
                ? keys.keyedDigest(hash.getBytes(StandardCharsets.US_ASCII)).hex()
                : hash;
    }

    KeyRing keys() {
        return keys;
    }
}
