package io.edgemc.kube.conformance;

import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.kube.LocalEdgeOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The real API server with etcd, alone: no controllers, no admission by content. */
public final class Reference extends Side {
    private final LocalEdge edge;
    private final String kubeconfig;
    private final Path cache;

    private Reference(LocalEdge edge, String kubeconfig, HttpClient http, Path cache) {
        super("reference", URI.create(edge.url()), http);
        this.edge = edge;
        this.kubeconfig = kubeconfig;
        this.cache = cache;
    }

    /** With the same user as a space has in these tests, who may do everything. */
    public static Reference start(Path folder) throws IOException, GeneralSecurityException {
        LocalEdgeOptions options =
                LocalEdgeOptions.fast("reference", folder.resolve("reference")).withoutEffects();
        LocalEdge edge = LocalEdge.start(options, KubeBinaries.find());
        edge.kubectl().ok("create", "clusterrolebinding", "tester", "--clusterrole=cluster-admin", "--user=tester");
        Path file = edge.writeUserKubeconfig("tester", List.of("testers"), folder.resolve("reference.kubeconfig"));
        String kubeconfig = Files.readString(file);
        JsonNode user =
                new YAMLMapper().readTree(kubeconfig).path("users").path(0).path("user");
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ClientTls.context(
                        edge.caPem(),
                        decoded(user.path("client-certificate-data")),
                        decoded(user.path("client-key-data"))))
                .build();
        return new Reference(edge, kubeconfig, http, folder.resolve("reference-cache"));
    }

    private static String decoded(JsonNode base64) {
        return new String(
                java.util.Base64.getDecoder().decode(base64.asString()), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Override
    public String kubeconfig(String namespace) {
        return kubeconfig.replaceFirst("( +)cluster: reference\n", "$0$1namespace: " + namespace + "\n");
    }

    @Override
    Path cache() {
        return cache;
    }

    @Override
    public void close() {
        edge.close();
    }
}
