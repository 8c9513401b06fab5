package io.edgemc.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.edgemc.api.json.ApiJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas in the repository are those of the records, and every sample fits its schema and its record. After a change of a
 * record, {@code -Dschemas.write=true} writes the schemas anew; the difference is then reviewed as a change of a contract.
 */
class RecordSchemasTest {
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    static List<Class<?>> records() {
        return RecordSchemas.RECORDS;
    }

    @ParameterizedTest
    @MethodSource("records")
    void theSchemaInTheRepositoryIsTheRecords(Class<?> record) throws IOException {
        Path file = SCHEMAS.resolve(RecordSchemas.nameOf(record) + ".schema.json");
        String schema = RecordSchemas.schemaOf(record);
        if (Boolean.getBoolean("schemas.write")) {
            Files.writeString(file, schema);
        }
        assertThat(file).content().isEqualTo(schema);
    }

    @ParameterizedTest
    @MethodSource("records")
    void theSampleFitsSchemaAndRecord(Class<?> record) throws IOException {
        // Given a sample as it goes over the wire
        String sample = Files.readString(SAMPLES.resolve(RecordSchemas.nameOf(record) + ".json"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMAS.resolve(RecordSchemas.nameOf(record) + ".schema.json")));
        // When it is validated, read and written
        var errors = schema.validate(sample, InputFormat.JSON);
        JsonNode again =
                ApiJson.MAPPER.readTree(ApiJson.MAPPER.writeValueAsString(ApiJson.MAPPER.readValue(sample, record)));
        // Then it is valid and nothing of it is lost
        assertThat(errors).isEmpty();
        assertThat(again).isEqualTo(ApiJson.MAPPER.readTree(sample));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aSampleWithoutARequiredMemberDoesNotFit(Class<?> record) throws IOException {
        ObjectNode sample = (ObjectNode)
                ApiJson.MAPPER.readTree(Files.readString(SAMPLES.resolve(RecordSchemas.nameOf(record) + ".json")));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMAS.resolve(RecordSchemas.nameOf(record) + ".schema.json")));
        String required = ApiJson.MAPPER
                .readTree(Files.readString(SCHEMAS.resolve(RecordSchemas.nameOf(record) + ".schema.json")))
                .path("required")
                .path(0)
                .asString();
        sample.remove(required);
        assertThat(schema.validate(sample.toString(), InputFormat.JSON)).isNotEmpty();
    }
}
