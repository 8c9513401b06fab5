package io.edgemc.summarizer.cluster;

import io.edgemc.api.content.ContentKind;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.bus.event.CloudEventHeaders;
import io.edgemc.summarizer.wire.JsonSerde;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads combinations and decisions; of other contents, which are most, it does not even parse the data. */
final class ContentDeserializer implements Deserializer<KnownContent> {
    /** Neither combination nor decision. */
    static final KnownContent OTHER = new KnownContent(null, null);

    private static final String COMBINATION = EventTypes.content(ContentKind.COMBINATION);
    private static final String DECISION = EventTypes.content(ContentKind.DECISION);

    private final Deserializer<Combination> combinations = JsonSerde.deserializer(Combination.class);
    private final Deserializer<Decision> decisions = JsonSerde.deserializer(Decision.class);

    @Override
    public @Nullable KnownContent deserialize(String topic, byte @Nullable [] data) {
        throw new SerializationException("the type of a content is in its headers");
    }

    @Override
    public @Nullable KnownContent deserialize(String topic, Headers headers, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        Header header = headers.lastHeader(CloudEventHeaders.PREFIX + "type");
        String type = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        if (type.equals(COMBINATION)) {
            return new KnownContent(combinations.deserialize(topic, data), null);
        }
        return type.equals(DECISION) ? new KnownContent(null, decisions.deserialize(topic, data)) : OTHER;
    }
}
