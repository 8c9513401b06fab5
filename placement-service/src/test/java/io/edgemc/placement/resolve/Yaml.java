package io.edgemc.placement.resolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The scenario files that the demo uses, as objects. */
final class Yaml {
    private static final Path SCENARIOS = Path.of("../cli/src/main/resources/scenarios");

    private Yaml() {}

    static List<ObjectNode> scenario(String file) {
        try {
            List<ObjectNode> objects = new ArrayList<>();
            var yaml = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()));
            for (Object document : yaml.loadAll(Files.readString(SCENARIOS.resolve(file)))) {
                objects.add(JsonMapper.shared().valueToTree(document));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
