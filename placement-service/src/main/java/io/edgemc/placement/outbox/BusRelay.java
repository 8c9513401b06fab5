package io.edgemc.placement.outbox;

import io.edgemc.api.content.Content;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.changelog.ChangePublisher;
import io.edgemc.placement.outbox.OutboxRow.ClusterGone;
import io.edgemc.placement.outbox.OutboxRow.ClusterRow;
import io.edgemc.placement.outbox.OutboxRow.ContentGone;
import io.edgemc.placement.outbox.OutboxRow.ContentRow;
import io.edgemc.placement.outbox.OutboxRow.EventRow;
import io.edgemc.placement.outbox.OutboxRow.TargetRow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends rows to their topics and waits until the broker has all of them. Records of a batch are sent one after the other without
 * waiting in between: they go to different partitions, so waiting would cost a round trip and still order nothing for a consumer;
 * who meets a target before its content waits for the content.
 */
public final class BusRelay implements ChangePublisher<OutboxRow> {
    private static final Logger LOG = LoggerFactory.getLogger(BusRelay.class);
    private static final String SOURCE = "/edge-mc/placement";
    /** Extension that names the key of sealed content. */
    private static final String KEY_ID = "edgemckeyid";

    private final EventPublisher bus;
    private final Clock clock;
    private final Counter unsendable;

    public BusRelay(EventPublisher bus, MeterRegistry meters, Clock clock) {
        this.bus = bus;
        this.clock = clock;
        this.unsendable = Counter.builder("edgemc.dead.letters")
                .description("Records that could not be processed")
                .tag("consumer", "placement-relay")
                .tag("topic", "outbox")
                .register(meters);
    }

    @Override
    public void publish(List<OutboxRow> rows) throws ExecutionException, InterruptedException {
        Instant now = clock.instant();
        List<OutgoingEvent> events = new ArrayList<>();
        for (OutboxRow row : rows) {
            add(events, row, now);
        }
        List<CompletableFuture<?>> sent = new ArrayList<>(events.size());
        for (OutgoingEvent event : events) {
            sent.add(bus.publish(event));
        }
        for (int i = 0; i < sent.size(); i++) {
            await(sent.get(i), events.get(i));
        }
    }

    private void await(CompletableFuture<?> sent, OutgoingEvent event) throws ExecutionException, InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof IllegalArgumentException)) {
                throw failure;
            }
            // It will never be taken; everything behind it must not wait for that.
            unsendable.increment();
            LOG.error("cannot be sent, left out: topic={} key={}", event.topic(), event.key(), failure.getCause());
        }
    }

    private static void add(List<OutgoingEvent> events, OutboxRow row, Instant now) {
        switch (row) {
            case ContentRow content -> events.add(content(content.content(), now));
            case ContentGone content ->
                events.add(tombstone(Topics.CONTENT, content.digest(), EventTypes.CONTENT_GONE, row, now));
            case ClusterRow cluster ->
                events.add(json(
                        Topics.INVENTORY,
                        cluster.record().uid(),
                        EventTypes.CLUSTER,
                        cluster.record().uid() + "/" + cluster.position(),
                        now,
                        ApiJson.MAPPER.writeValueAsBytes(cluster.record()),
                        ""));
            case ClusterGone cluster -> {
                events.add(tombstone(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, row, now));
                events.add(tombstone(Topics.INVENTORY, cluster.uid(), EventTypes.CLUSTER, row, now));
            }
            case TargetRow target ->
                events.add(json(
                        Topics.TARGETS,
                        target.target().clusterUid(),
                        EventTypes.TARGET,
                        target.target().clusterUid() + "/" + target.target().revision(),
                        now,
                        ApiJson.MAPPER.writeValueAsBytes(target.target()),
                        target.target().traceparent()));
            case EventRow event ->
                events.add(json(
                        Topics.EVENTS,
                        event.key(),
                        EventTypes.FLEET_EVENT,
                        "event/" + event.position(),
                        now,
                        event.json().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        ""));
        }
    }

    private static OutgoingEvent content(Content content, Instant now) {
        String digest = content.digest().hex();
        String type = EventTypes.content(content.kind());
        String keyId = content.keyId();
        BusEvent event = keyId == null
                ? BusEvent.json(digest, type, SOURCE, now, content.bytes())
                : BusEvent.bytes(digest, type, SOURCE, now, content.bytes()).with(KEY_ID, keyId);
        return OutgoingEvent.of(Topics.CONTENT.topic(), digest, event);
    }

    private static OutgoingEvent json(
            Topics topic, String key, String type, String id, Instant now, byte[] data, String traceparent) {
        BusEvent event =
                BusEvent.json(id, type, SOURCE, now, data).withTraceparent(traceparent.isEmpty() ? null : traceparent);
        return OutgoingEvent.of(topic.topic(), key, event);
    }

    private static OutgoingEvent tombstone(Topics topic, String key, String type, OutboxRow row, Instant now) {
        return OutgoingEvent.of(
                topic.topic(), key, BusEvent.tombstone(key + "/" + row.position() + "/gone", type, SOURCE, now));
    }
}
