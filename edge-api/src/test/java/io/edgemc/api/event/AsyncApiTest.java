package io.edgemc.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
        assertThat(documented).containsExactlyElementsOf(new TreeSet<>(eventTypes()));
    }

    @Test
    void hasTheSchemaOfEveryEventTypesRecord() {
        Map<String, String> documented = new TreeMap<>();
        api.path("components").path("messages").forEach(message -> {
            String schema = message.path("payload").path("$ref").asString("");
            if (!schema.isEmpty()) {
                documented.put(
                        message.path("x-ce-type").asString(),
                        schema.substring(schema.lastIndexOf('/') + 1).replace(".schema.json", ""));
            }
        });
        assertThat(documented)
                .isEqualTo(Map.of(
                        EventTypes.CLUSTER,
                        ClusterRecord.class.getSimpleName(),
                        EventTypes.TARGET,
                        Target.class.getSimpleName(),
                        EventTypes.content(ContentKind.NODE),
                        ManifestNode.class.getSimpleName(),
                        EventTypes.content(ContentKind.DECISION),
                        Decision.class.getSimpleName(),
                        EventTypes.content(ContentKind.COMBINATION),
                        Combination.class.getSimpleName(),
                        EventTypes.OBJECT_REPORT,
                        ObjectReport.class.getSimpleName(),
                        EventTypes.CLUSTER_REPORT,
                        ClusterReport.class.getSimpleName(),
                        EventTypes.SUMMARY_ROW,
                        SummaryRow.class.getSimpleName(),
                        EventTypes.COMPLIANCE_STATE,
                        ComplianceState.class.getSimpleName(),
                        EventTypes.FLEET_EVENT,
                        FleetEvent.class.getSimpleName()));
        // What has no record of this project is an object of any kind, or nothing.
        assertThat(eventTypes())
                .filteredOn(type -> !documented.containsKey(type))
                .containsExactlyInAnyOrder(EventTypes.content(ContentKind.OBJECT), EventTypes.CONTENT_GONE);
    }

    @Test
    void saysOfEveryChannelAndMessageWhatItIs() {
        TreeSet<String> used = new TreeSet<>();
        api.path("channels").properties().forEach(channel -> {
            assertThat(channel.getValue().path("description").asString(""))
                    .as(channel.getKey())
                    .isNotEmpty();
            assertThat(channel.getValue().path("messages").isEmpty())
                    .as(channel.getKey())
                    .isFalse();
            channel.getValue().path("messages").properties().forEach(message -> {
                assertThat(message.getValue().path("$ref").asString())
                        .isEqualTo("#/components/messages/" + message.getKey());
                used.add(message.getKey());
            });
        });
        TreeSet<String> all = new TreeSet<>();
        api.path("components").path("messages").properties().forEach(message -> {
            assertThat(message.getValue().has("payload")).as(message.getKey()).isTrue();
            all.add(message.getKey());
        });
        assertThat(used).isEqualTo(all);
    }

    /** All that the code can send: a type that is added there is missed here. */
    private static List<String> eventTypes() {
        List<String> types = new ArrayList<>();
        for (Field field : EventTypes.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    types.add((String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new AssertionError("the types of events are public", e);
                }
            }
        }
        Stream.of(ContentKind.values()).map(EventTypes::content).forEach(types::add);
        return types;
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
