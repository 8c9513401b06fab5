package io.edgemc.servers.kube;

import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys and certificates of one edge, made at its first start. etcd has an authority of its own: a user of the API
 * server has no business in its database.
 */
final class EdgePki {
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private final Path folder;
    private final CertificateAuthority cluster;

    private EdgePki(Path folder, CertificateAuthority cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static EdgePki inFolder(Path folder) throws IOException {
        OwnerOnly.createDirectories(folder);
        CertificateAuthority cluster = CertificateAuthority.inFolder(folder, "cluster-ca");
        CertificateAuthority etcd = CertificateAuthority.inFolder(folder, "etcd-ca");
        EdgePki pki = new EdgePki(folder, cluster);
        pki.keep("etcd", () -> etcd.server("etcd", List.of("localhost"), LOOPBACK));
        pki.keep("etcd-client", () -> etcd.client("kube-apiserver", List.of()));
        pki.keep(
                "apiserver",
                () -> cluster.server(
                        "kube-apiserver",
                        List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"),
                        List.of("127.0.0.1", EdgeCommands.SERVICE_ADDRESS)));
        pki.keep("admin", () -> cluster.client("edge-admin", List.of("system:masters")));
        // All controllers share this one identity, so it needs what any of them needs.
        pki.keep("controllers", () -> cluster.client("system:kube-controller-manager", List.of("system:masters")));
        pki.keep("service-accounts", CertificateAuthority::bareKeys);
        return pki;
    }

    private interface Issuing {
        CertificateAuthority.Issued issue() throws IOException;
    }

    private void keep(String name, Issuing issuing) throws IOException {
        if (!Files.exists(certificate(name))) {
            CertificateAuthority.Issued issued = issuing.issue();
            OwnerOnly.write(key(name), issued.keyPem());
            OwnerOnly.write(certificate(name), issued.certificatePem());
        }
    }

    Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    String clusterCaPem() {
        return cluster.certificatePem();
    }

    CertificateAuthority.Issued kept(String name) throws IOException {
        return new CertificateAuthority.Issued(Files.readString(certificate(name)), Files.readString(key(name)));
    }

    CertificateAuthority.Issued newClient(String user, List<String> groups) throws IOException {
        return cluster.client(user, groups);
    }
}
