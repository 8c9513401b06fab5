package io.edgemc.kube.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Differences that a space should have, by suites and scenarios: {@code clients/differences.yaml}. */
final class DeclaredDifferences {
    private DeclaredDifferences() {}

    /** Those of a suite, by their scenarios. */
    static Map<String, Declared> of(String suite) {
        try (InputStream file =
                Objects.requireNonNull(DeclaredDifferences.class.getResourceAsStream("/clients/differences.yaml"))) {
            Map<String, Declared> all = new LinkedHashMap<>();
            JsonNode scenarios = new YAMLMapper().readTree(file).path(suite);
            scenarios.properties().forEach(one -> all.put(one.getKey(), declared(one.getKey(), one.getValue())));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Declared declared(String scenario, JsonNode declared) {
        List<String> lines = new ArrayList<>();
        declared.path("lines").forEach(line -> lines.add(line.asString()));
        try {
            return new Declared(declared.path("reason").asString(""), lines);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + scenario + "': " + e.getMessage(), e);
        }
    }
}
