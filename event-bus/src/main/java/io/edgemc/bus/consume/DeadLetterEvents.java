package io.edgemc.bus.consume;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import java.time.Instant;
import java.util.Map;

/** Tells the public of dead letters: where they came from and why, nothing of what was in them. */
final class DeadLetterEvents {
    private final String topic;

    DeadLetterEvents(String topic) {
        this.topic = topic;
    }

    OutgoingEvent of(String consumer, DeadLetter letter, Instant now) {
        String origin = letter.topic() + "-" + letter.partition() + "-" + letter.offset();
        FleetEvent event = new FleetEvent(
                "dead-letter",
                "",
                origin,
                letter.reason(),
                now.toString(),
                Map.of("consumer", consumer, "topic", letter.topic()));
        byte[] json = ApiJson.MAPPER.writeValueAsBytes(event);
        return OutgoingEvent.of(
                topic,
                key(letter),
                BusEvent.json(
                        "dead-letter/" + consumer + "/" + origin,
                        EventTypes.FLEET_EVENT,
                        "/edge-mc/" + consumer,
                        now,
                        json));
    }

    private static String key(DeadLetter letter) {
        String key = letter.key();
        if (key == null || key.isBlank()) {
            return FleetEvent.FLEET;
        }
        if (letter.topic().equals(Topics.REPORTS.topic())) {
            return key.indexOf('|') < 1 ? FleetEvent.FLEET : ReportKeys.clusterOf(key);
        }
        boolean byCluster =
                letter.topic().equals(Topics.TARGETS.topic()) || letter.topic().equals(Topics.INVENTORY.topic());
        return byCluster ? key : FleetEvent.FLEET;
    }
}
