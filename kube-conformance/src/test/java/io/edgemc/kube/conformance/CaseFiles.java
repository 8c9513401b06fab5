package io.edgemc.kube.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Cases under {@code FOLDER/AREA/FILE.yaml}: a file holds one or several documents, a document one case or a matrix. */
public final class CaseFiles {
    private static final YAMLMapper YAML = new YAMLMapper();

    private CaseFiles() {}

    /** Those of the comparison by kubectl and HTTP. */
    static List<Case> all() {
        return in("cases");
    }

    /**
     * All cases of a folder of the test resources, in the order of their files.
     *
     * @throws IllegalArgumentException naming the file, if one cannot be understood or two have one id
     */
    public static List<Case> in(String folder) {
        try {
            Path root = Path.of(Objects.requireNonNull(CaseFiles.class.getResource("/" + folder))
                    .toURI());
            List<Case> cases = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    String name = root.relativize(file).toString().replace(".yaml", "");
                    read(name, Files.readString(file), cases);
                }
            }
            return unique(cases);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The cases of one file's text, appended. */
    static void read(String file, String text, List<Case> cases) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNext()) {
                ObjectNode document = (ObjectNode) documents.next();
                for (ObjectNode variant : Matrix.variants(document)) {
                    cases.add(CaseReader.read(file, variant, "case-" + (1000 + cases.size())));
                }
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ".yaml: " + e.getMessage(), e);
        }
    }

    private static List<Case> unique(List<Case> cases) {
        Set<String> ids = new HashSet<>();
        for (Case one : cases) {
            if (!ids.add(one.id())) {
                throw new IllegalArgumentException("two cases are called " + one.id());
            }
        }
        return cases;
    }
}
