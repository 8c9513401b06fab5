package io.edgemc.summarizer.wire;

import io.edgemc.api.json.ApiJson;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Records of this service as JSON, in its stores and internal topics. */
public final class JsonSerde {
    private JsonSerde() {}

    public static <T> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    private static <T> Serializer<T> serializer(Class<T> type) {
        ObjectWriter writer = ApiJson.MAPPER.writerFor(type);
        return (topic, value) -> value == null ? null : writer.writeValueAsBytes(value);
    }

    /** Throws {@link SerializationException} that names the place, not the data. */
    public static <T> Deserializer<T> deserializer(Class<T> type) {
        ObjectReader reader = ApiJson.MAPPER.readerFor(type);
        return (topic, bytes) -> bytes == null ? null : read(reader, bytes, type);
    }

    private static <T> @Nullable T read(ObjectReader reader, byte[] bytes, Class<T> type) {
        try {
            return reader.readValue(bytes);
        } catch (JacksonException e) {
            throw new SerializationException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
