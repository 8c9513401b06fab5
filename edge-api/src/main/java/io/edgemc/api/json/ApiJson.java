package io.edgemc.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The mapper for all records of this module: unknown members are passed over (changes are additive), depth is limited. */
public final class ApiJson {
    public static final JsonMapper MAPPER = mapper(StreamReadConstraints.builder());

    private ApiJson() {}

    /**
     * One that gives up, while it reads, on a document of more tokens (a name, a value, a bracket is a token each), so that what
     * has too many parts is never built.
     */
    public static JsonMapper atMost(long tokens) {
        return mapper(StreamReadConstraints.builder().maxTokenCount(tokens));
    }

    private static JsonMapper mapper(StreamReadConstraints.Builder limits) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(limits.maxNestingDepth(CanonicalJson.MAX_DEPTH + 10)
                                .build())
                        .build())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }
}
