package io.edgemc.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.edgemc.api.content.ContentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/asyncapi.yaml} says what the code does: topics, who may read them, event types, schemas. */
class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");
    /** From the project's own distribution, {@code @asyncapi/specs} 6.11.1. */
    private static final Path SCHEMA = Path.of("src/test/resources/asyncapi-3.0.0.schema.json");

    private static JsonNode api;

    @BeforeAll
    static void read() throws IOException {
        api = YAMLMapper.builder().build().readTree(Files.readString(DOCUMENT));
    }

    @Test
    void isAsyncApi3() {
        assertThat(api.path("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(api.path("info").path("title").asString()).isNotEmpty();
        assertThat(api.path("info").path("version").asString()).isNotEmpty();
        api.path("operations").properties().forEach(operation -> {
            assertThat(operation.getValue().path("action").asString()).isIn("send", "receive");
            assertThat(resolve(operation.getValue().path("channel"))).isNotNull();
        });
    }

    @Test
    void isValidByTheSchemaOfAsyncApiItself() throws IOException {
        // Given
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(Files.readString(SCHEMA));

        // When
        var errors = schema.validate(api.toString(), InputFormat.JSON);
        ((ObjectNode) api).put("chanels", 1);
        var errorsOfAMistake = schema.validate(api.toString(), InputFormat.JSON);
        ((ObjectNode) api).remove("chanels");

        // Then
        assertThat(errors).isEmpty();
        assertThat(errorsOfAMistake).isNotEmpty();
    }

    @Test
    void hasEveryTopicAsItIs() {
        Map<String, String> documented = new TreeMap<>();
        api.path("channels")
                .properties()
                .forEach(channel -> documented.put(
                        channel.getValue().path("address").asString(),
                        channel.getValue().path("x-public").asBoolean() + " "
                                + channel.getValue().path("x-retention").asString()));
        Map<String, String> actual = new TreeMap<>();
        Topics.all()
                .forEach(topic -> actual.put(
                        topic.topic(),
                        topic.isPublic() + " " + topic.retention().name().toLowerCase(Locale.ROOT)));
        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void onlyPublicTopicsAreOfferedToConsumers() {
        api.path("operations")
                .properties()
                .forEach(operation -> assertThat(resolve(operation.getValue().path("channel"))
                                .path("x-public")
                                .asBoolean())
                        .as(operation.getKey())
                        .isTrue());
    }

    @Test
    void hasEveryEventType() {
        TreeSet<String> documented = new TreeSet<>();
        api.path("components").path("messages").forEach(message -> {
            if (message.has("x-ce-type")) {
                documented.add(message.path("x-ce-type").asString());
            }
        });
        List<String> actual = new ArrayList<>(List.of(
                EventTypes.CLUSTER,
                EventTypes.TARGET,
                EventTypes.OBJECT_REPORT,
                EventTypes.CLUSTER_REPORT,
                EventTypes.SUMMARY_ROW,
                EventTypes.COMPLIANCE_STATE,
                EventTypes.FLEET_EVENT));
        Stream.of(ContentKind.values()).map(EventTypes::content).forEach(actual::add);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(actual);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        api.findValues("$ref").forEach(reference -> references.add(reference.asString()));
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#/")) {
                assertThat(api.at(reference.substring(1)).isMissingNode()).isFalse();
            } else {
                assertThat(DOCUMENT.resolveSibling(reference)).exists();
            }
        });
    }

    private static JsonNode resolve(JsonNode reference) {
        return api.at(reference.path("$ref").asString().substring(1));
    }
}
