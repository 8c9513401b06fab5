package io.edgemc.servers.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig file with one cluster, one user and one context, all of one name. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String withCertificate(String name, int port, String caPem, CertificateAuthority.Issued client) {
        return text(name, port, caPem, """
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(base64(client.certificatePem()), base64(client.keyPem())));
    }

    static String withToken(String name, int port, String caPem, String token) {
        return text(name, port, caPem, "    token: " + token + "\n");
    }

    private static String text(String name, int port, String caPem, String credentials) {
        return """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters:
                - name: %1$s
                  cluster:
                    server: https://127.0.0.1:%2$d
                    certificate-authority-data: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                users:
                - name: %1$s
                  user:
                %4$s""".formatted(name, port, base64(caPem), credentials);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
