package io.edgemc.syncer.identity;

import io.edgemc.syncer.state.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the identity in {@code identity.json} (0600) of the state folder; a renewal replaces it durably. */
public final class IdentityStore {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;
    private final Path file;

    public IdentityStore(Path stateFolder) {
        this.folder = stateFolder;
        this.file = stateFolder.resolve("identity.json");
    }

    public Optional<Identity> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
        return Optional.of(new Identity(
                text(json, "clusterUid"),
                text(json, "clusterName"),
                Pem.privateKey(text(json, "key")),
                Pem.certificates(text(json, "certificate")),
                Pem.certificates(text(json, "hubCa"))));
    }

    /** Stores what the hub answered to an enrolment or a renewal, and gives it back as an identity. */
    public Identity store(String clusterUid, String clusterName, PrivateKey key, String certificatePem, String caPem)
            throws IOException {
        Identity identity =
                new Identity(clusterUid, clusterName, key, Pem.certificates(certificatePem), Pem.certificates(caPem));
        ObjectNode json = MAPPER.createObjectNode();
        json.put("clusterUid", clusterUid);
        json.put("clusterName", clusterName);
        json.put("key", Pem.encode("PRIVATE KEY", key.getEncoded()));
        json.put("certificate", certificatePem);
        json.put("hubCa", caPem);
        OwnerOnlyFiles.folder(folder);
        OwnerOnlyFiles.replaceDurably(file, json.toString().getBytes(StandardCharsets.UTF_8));
        return identity;
    }

    private static String text(JsonNode json, String field) throws IOException {
        JsonNode value = json.path(field);
        if (!value.isString()) {
            throw new IOException("identity.json has no " + field + "; enrol this cluster again");
        }
        return value.stringValue();
    }
}
