package io.edgemc.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.object.ObjectKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The mapper for all records of this module: unknown members are passed over (changes are additive), depth is limited. */
public final class ApiJson {
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(CanonicalJson.MAX_DEPTH + 10)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule("edge-api")
                    .addSerializer(ObjectKey.class, new KeySerializer())
                    .addDeserializer(ObjectKey.class, new KeyDeserializer()))
            .build();

    private ApiJson() {}

    private static final class KeySerializer extends ValueSerializer<ObjectKey> {
        @Override
        public void serialize(ObjectKey key, JsonGenerator json, SerializationContext context) {
            json.writeString(key.text());
        }
    }

    private static final class KeyDeserializer extends ValueDeserializer<ObjectKey> {
        @Override
        public ObjectKey deserialize(JsonParser json, DeserializationContext context) {
            return ObjectKey.parse(json.getValueAsString(""));
        }
    }
}
