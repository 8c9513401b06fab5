package io.edgemc.kube.testing;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.ServedKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Instances of built-in kinds, from YAML files beside the tests. */
public final class Instances {
    private Instances() {}

    /** An object and where it lives; its text is its name in reports. */
    public record Instance(ServedKind kind, String version, ObjectNode object) {
        public String collection() {
            String group = kind.ref().group();
            return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
                    + version
                    + (kind.namespaced() ? "/namespaces/default/" : "/")
                    + kind.ref().resource();
        }

        public String path() {
            return collection() + "/" + object.path("metadata").path("name").asString("");
        }

        @Override
        public String toString() {
            return kind.ref() + " " + version + " "
                    + object.path("metadata").path("name").asString("");
        }
    }

    public static List<Instance> of(String resource) {
        List<Instance> instances = new ArrayList<>();
        ObjectReader reader = YAMLMapper.shared().readerFor(JsonNode.class);
        try (InputStream in = Instances.class.getResourceAsStream(resource);
                var documents = reader.<JsonNode>readValues(in)) {
            documents.forEachRemaining(document -> instances.add(instance((ObjectNode) document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return instances;
    }

    public static Instance instance(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        ServedKind kind = BuiltInKinds.all().stream()
                .filter(k -> k.ref().group().equals(group)
                        && k.kind().equals(object.path("kind").asString("")))
                .findFirst()
                .orElseThrow();
        return new Instance(kind, apiVersion.substring(slash + 1), object);
    }
}
