package io.edgemc.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of manifests in the repository are those of what the code writes; see {@link RecordSchemasTest}. */
class ManifestSchemasTest {
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final Digest DECISION = Digest.sha256("why");

    @Test
    void theSchemasInTheRepositoryAreThese() throws IOException {
        Path node = SCHEMAS.resolve("ManifestNode.schema.json");
        Path entry = SCHEMAS.resolve("ManifestEntry.schema.json");
        if (Boolean.getBoolean("schemas.write")) {
            Files.writeString(node, ManifestSchemas.node());
            Files.writeString(entry, ManifestSchemas.entry());
        }
        assertThat(node).content().isEqualTo(ManifestSchemas.node());
        assertThat(entry).content().isEqualTo(ManifestSchemas.entry());
    }

    @Test
    void everyNodeOfATreeFits() {
        // Given entries of every sort, enough for inner nodes
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ObjectKey key = new ObjectKey(i % 2 == 0 ? "" : "apps", "things", i % 3 == 0 ? "" : "shop", "t-" + i);
            Set<EntryFlag> flags = i % 4 == 0 ? EnumSet.allOf(EntryFlag.class) : Set.of();
            entries.add(
                    i % 5 == 0
                            ? ManifestEntry.delete(key, flags, DECISION)
                            : ManifestEntry.apply(key, Digest.sha256("content " + i), flags, DECISION));
        }
        List<Content> nodes = new ArrayList<>();
        // When
        new ManifestTree(digest -> {
                    throw new MissingContentException(digest);
                })
                .build(entries, nodes::add);
        // Then
        Schema node = schema(ManifestSchemas.node());
        Schema entry = schema(ManifestSchemas.entry());
        assertThat(nodes.stream().filter(content -> ManifestNode.parse(content.bytes()) instanceof ManifestNode.Inner))
                .isNotEmpty();
        for (Content content : nodes) {
            assertThat(node.validate(new String(content.bytes(), StandardCharsets.UTF_8), InputFormat.JSON))
                    .isEmpty();
            CanonicalJson.parseObject(content.bytes())
                    .path("entries")
                    .forEach(written -> assertThat(entry.validate(written.toString(), InputFormat.JSON))
                            .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ManifestNode.Leaf.json", "ManifestNode.Inner.json"})
    void theSampleFitsAndIsReadAndWrittenUnchanged(String name) throws IOException {
        // Given
        byte[] sample = Files.readAllBytes(SAMPLES.resolve(name));
        // When
        byte[] again = ManifestNode.parse(sample).content().bytes();
        // Then
        assertThat(schema(ManifestSchemas.node()).validate(Files.readString(SAMPLES.resolve(name)), InputFormat.JSON))
                .isEmpty();
        assertThat(CanonicalJson.parseObject(again)).isEqualTo(CanonicalJson.parseObject(sample));
    }

    @Test
    void whatIsNoNodeDoesNotFit() throws IOException {
        Schema schema = schema(ManifestSchemas.node());
        ObjectNode leaf = sample("ManifestNode.Leaf.json");
        ObjectNode inner = sample("ManifestNode.Inner.json");
        // An entry without the decision that asks for it
        ((ObjectNode) leaf.path("entries").path(0)).remove("decision");
        assertThat(schema.validate(leaf.toString(), InputFormat.JSON)).isNotEmpty();
        // A child too few
        ((ArrayNode) inner.path("children")).remove(0);
        assertThat(schema.validate(inner.toString(), InputFormat.JSON)).isNotEmpty();
        // Both at once, and neither
        ObjectNode both = sample("ManifestNode.Leaf.json");
        both.setAll(sample("ManifestNode.Inner.json"));
        assertThat(schema.validate(both.toString(), InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate("{}", InputFormat.JSON)).isNotEmpty();
    }

    private static ObjectNode sample(String name) throws IOException {
        return CanonicalJson.parseObject(Files.readAllBytes(SAMPLES.resolve(name)));
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }
}
