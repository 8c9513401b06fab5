package io.edgemc.kube.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.api.ApiError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonPatchTest {
    private static final String OBJECT = """
            {"a":1,"list":["x"]}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a      | {\"a\":2,\"list\":[\"x\"]}",
                "/absent | {\"a\":1,\"list\":[\"x\"],\"absent\":2}",
                "/list/0 | {\"a\":1,\"list\":[2]}"
            })
    void aReplacedMemberNeedNotBeThere(String path, String result) {
        assertThat(JsonPatch.apply(json(OBJECT), replacing(path))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource({"/list/1", "/absent/b", "/a/b"})
    void itsPlaceMustBe(String path) {
        assertThatThrownBy(() -> JsonPatch.apply(json(OBJECT), replacing(path))).isInstanceOf(ApiError.class);
    }

    private static JsonNode replacing(String path) {
        return json("[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":2}]");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
