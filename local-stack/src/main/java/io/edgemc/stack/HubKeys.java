package io.edgemc.stack;

import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.door.IdentityKeys;
import io.edgemc.servers.kube.CertificateAuthority;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The secrets of a local hub: made at its first start, each in a file that only its owner can read, never changed after. */
final class HubKeys {
    private static final int SECRET_BYTES = 32;

    private final HubDirectory directory;
    private final SecureRandom random = new SecureRandom();

    HubKeys(HubDirectory directory) {
        this.directory = directory;
    }

    /** Makes what is not there yet. */
    void ensure() throws IOException {
        OwnerOnly.createDirectories(directory.keys());
        once(directory.keyRing(), () -> String.join("\n", KeyRing.generate(random)) + "\n");
        IdentityKeys.createIfAbsent(directory.doorKey());
        once(directory.adminToken(), () -> secret() + "\n");
        // Rewritten at every start, so that the file of tokens and the token of the administrator cannot part.
        OwnerOnly.write(directory.tokens(), tokens());
        gatewayCertificate();
    }

    /** Password of a service's database role; made at first use. */
    String databasePassword(String service) throws IOException {
        Path file = directory.keys().resolve("db-" + service + ".password");
        once(file, this::secret);
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    Path gatewayCertificatePem() {
        return directory.keys().resolve("gateway.crt");
    }

    Path gatewayKeyPem() {
        return directory.keys().resolve("gateway.key");
    }

    private String tokens() throws IOException {
        String token =
                Files.readString(directory.adminToken(), StandardCharsets.UTF_8).strip();
        return JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "tokens",
                                List.of(Map.of(
                                        "user",
                                        "admin",
                                        "groups",
                                        List.of("edge-mc:admins"),
                                        "sha256",
                                        Digest.sha256(token).hex()))))
                + "\n";
    }

    private void gatewayCertificate() throws IOException {
        CertificateAuthority authority = CertificateAuthority.inFolder(directory.keys(), "gateway-ca");
        if (!Files.exists(gatewayCertificatePem())) {
            CertificateAuthority.Issued issued =
                    authority.server("edge-mc gateway", List.of("localhost"), List.of("127.0.0.1"));
            OwnerOnly.write(gatewayKeyPem(), issued.keyPem());
            OwnerOnly.write(gatewayCertificatePem(), issued.certificatePem());
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void once(Path file, java.util.function.Supplier<String> text) throws IOException {
        if (!Files.exists(file)) {
            OwnerOnly.write(file, text.get());
        }
    }
}
