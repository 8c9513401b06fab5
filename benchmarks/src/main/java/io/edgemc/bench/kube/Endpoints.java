package io.edgemc.bench.kube;

import io.edgemc.bench.hub.BenchHub;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.stack.HubDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The ways to the two servers that are compared. */
final class Endpoints {
    static final String SPACE = "bench";
    private static final String ACCOUNT = "bench";

    private Endpoints() {}

    /** A space as its users reach it: over TLS, with a bearer token. */
    static Endpoint gateway(BenchHub hub) {
        HubDirectory directory = hub.workspace().hub();
        try {
            String token = Files.readString(directory.adminToken()).strip();
            return new Endpoint(
                    "gateway",
                    hub.state().url("gateway") + "/spaces/" + SPACE,
                    HubApi.trusting(directory),
                    () -> Map.entry("Authorization", "Bearer " + token),
                    hub.state().pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same space at placement-service, as the gateway reaches it: plain HTTP on this machine. */
    static Endpoint service(BenchHub hub) {
        IdentitySigner signer =
                new IdentitySigner(IdentityKeys.load(hub.workspace().hub().doorKey()), Clock.systemUTC());
        return new Endpoint(
                "service",
                hub.state().url("placement") + "/spaces/" + SPACE,
                null,
                () -> Map.entry(
                        IdentitySigner.HEADER,
                        signer.sign(
                                "bench",
                                Set.of(),
                                Set.of(Role.PLATFORM_ADMIN),
                                UUID.randomUUID().toString(),
                                "placement-service")),
                hub.state().pid());
    }

    /** The reference: an API server with etcd, over TLS, with a bearer token. */
    static Endpoint reference(LocalEdge edge, Path folder) {
        edge.kubectl().ok("create", "serviceaccount", ACCOUNT, "-n", "default");
        edge.kubectl()
                .ok(
                        "create",
                        "clusterrolebinding",
                        "bench",
                        "--clusterrole=cluster-admin",
                        "--serviceaccount=default:bench");
        try {
            String kubeconfig = Files.readString(
                    edge.writeServiceAccountKubeconfig("default", ACCOUNT, folder.resolve("bench.kubeconfig")));
            String token = kubeconfig
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("token: "))
                    .map(line -> line.substring("token: ".length()))
                    .findFirst()
                    .orElseThrow();
            return new Endpoint(
                    "reference",
                    edge.url(),
                    trusting(edge.caPem()),
                    () -> Map.entry("Authorization", "Bearer " + token),
                    edge.apiServerPid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(String caPem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
