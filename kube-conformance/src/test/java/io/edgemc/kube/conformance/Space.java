package io.edgemc.kube.conformance;

import io.edgemc.kube.testing.ViewServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.LifecycleException;

/** A space over a store in memory, served over HTTP. */
public final class Space extends Side {
    private static final String NAME = "conformance";
    private final ViewServer server;
    private final Path cache;

    private Space(ViewServer server, Path cache) {
        super(
                "space",
                server.address(NAME),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
        this.server = server;
        this.cache = cache;
    }

    public static Space start(Path folder) throws IOException, LifecycleException {
        ViewServer server = new ViewServer(Files.createDirectories(folder.resolve("space")));
        server.space(NAME);
        for (String namespace : List.of("kube-system", "kube-public")) {
            server.send("POST", NAME, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
        }
        return new Space(server, folder.resolve("space-cache"));
    }

    @Override
    public String kubeconfig(String namespace) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: test}}]
                contexts: [{name: c, context: {cluster: c, user: u, namespace: "%s"}}]
                current-context: c
                """.formatted(address(), namespace);
    }

    @Override
    Path cache() {
        return cache;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
