package io.edgemc.c2p.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects for tests, from text and files. */
final class Objects {
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private Objects() {}

    static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }

    static ObjectNode clusterPolicy(String name) {
        return yaml("{apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: {name: " + name + "}, spec: {}}");
    }

    /** A report of one Pod with one result per policy. */
    static ObjectNode report(String namespace, String name, String... policiesAndResults) {
        StringBuilder results = new StringBuilder();
        for (int i = 0; i < policiesAndResults.length; i += 2) {
            results.append("- {policy: ")
                    .append(policiesAndResults[i])
                    .append(", rule: r, source: kyverno, result: ")
                    .append(policiesAndResults[i + 1])
                    .append(", timestamp: {seconds: 1763892000, nanos: 0}}\n");
        }
        return yaml("apiVersion: wgpolicyk8s.io/v1alpha2\nkind: PolicyReport\nmetadata: {name: " + name
                + ", namespace: " + namespace + "}\nscope: {apiVersion: v1, kind: Pod, name: " + name + ", namespace: "
                + namespace + ", uid: u-" + name + "}\nresults:\n" + results);
    }

    /** The documents of a file; the items of lists one by one. */
    static List<ObjectNode> file(Path file) {
        List<ObjectNode> objects = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (document.path("items").isArray()) {
                    document.path("items").forEach(item -> objects.add((ObjectNode) item));
                } else if (document instanceof ObjectNode object) {
                    objects.add(object);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }
}
