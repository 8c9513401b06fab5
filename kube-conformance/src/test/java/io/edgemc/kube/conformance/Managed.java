package io.edgemc.kube.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A kind whose objects several managers share, out of a file of {@code managers/}.
 *
 * @param name the file's
 * @param path of its collection
 * @param version its apiVersion
 * @param otherPath the collection in another version, empty for none
 * @param otherVersion that version
 * @param crd makes the kind; missing for a built-in one
 * @param base what every object of it needs
 * @param settings what managers may want
 * @param status what they may want below {@code status}; empty for a kind without
 * @param odd what a server refuses, or takes in a way of its own
 * @param scale whether it has that subresource
 * @param whole whether every apply sends the base, because a space and the reference differ in what is made without it
 */
record Managed(
        String name,
        String path,
        String version,
        String kind,
        String otherPath,
        String otherVersion,
        JsonNode crd,
        ObjectNode base,
        List<Setting> settings,
        List<Setting> status,
        List<Setting> odd,
        boolean scale,
        boolean whole) {
    static final String NAMESPACE = "managers";

    static Managed read(String name) {
        try (InputStream in = Managed.class.getResourceAsStream("/managers/" + name + ".yaml")) {
            JsonNode file = new YAMLMapper().readTree(in);
            if (file.path("crd").path("spec").path("versions").path(1) instanceof ObjectNode second) {
                second.set(
                        "schema",
                        file.path("crd").path("spec").path("versions").path(0).path("schema"));
            }
            return new Managed(
                    name,
                    file.path("path").asString(),
                    file.path("version").asString(),
                    file.path("kind").asString(),
                    file.path("other").asString(""),
                    file.path("otherVersion").asString(""),
                    file.path("crd"),
                    (ObjectNode) file.path("base"),
                    settings(file.path("settings")),
                    settings(file.path("status")),
                    settings(file.path("odd")),
                    file.path("scale").asBoolean(false),
                    file.path("whole").asBoolean(false));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean builtIn() {
        return crd.isMissingNode();
    }

    private static List<Setting> settings(JsonNode paths) {
        List<Setting> all = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue().forEach(value -> all.add(new Setting(path.getKey(), value))));
        return all;
    }
}
