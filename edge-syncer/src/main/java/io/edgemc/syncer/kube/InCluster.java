package io.edgemc.syncer.kube;

import io.edgemc.syncer.identity.MutualTls;
import io.edgemc.syncer.identity.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Access by the service account of the Pod that we run in. */
public final class InCluster {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private InCluster() {}

    /** Whether the environment is that of a Pod. */
    public static boolean isHere(Map<String, String> environment) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.exists(ACCOUNT.resolve("token"));
    }

    public static KubeAccess access(Map<String, String> environment) throws IOException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return new KubeAccess(
                URI.create("https://" + literal + ":" + port),
                MutualTls.trusting(Pem.certificates(Files.readString(ACCOUNT.resolve("ca.crt")))),
                new TokenFile(ACCOUNT.resolve("token")));
    }
}
