package io.edgemc.cli.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An edge that this stack looks after; kept as {@code edge.json} in the edge's folder.
 *
 * @param name of the cluster in the inventory
 * @param kubeconfig by which its syncer reaches the API server
 * @param context in that file, null for its current one
 * @param local whether the API server is one of this stack's own
 */
public record EdgeRecord(
        String name, String kubeconfig, @Nullable String context, boolean local) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String FILE = "edge.json";

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    static EdgeRecord read(Path folder) throws IOException {
        return MAPPER.readValue(Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8), EdgeRecord.class);
    }

    void write(Path folder) throws IOException {
        io.edgemc.servers.process.OwnerOnly.write(folder.resolve(FILE), MAPPER.writeValueAsString(this));
    }
}
