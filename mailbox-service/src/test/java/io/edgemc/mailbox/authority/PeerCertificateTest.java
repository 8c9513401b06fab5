package io.edgemc.mailbox.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.mailbox.authority.CertificateForge.Purpose;
import io.edgemc.mailbox.testing.TestTls;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a certificate names, which the authority signed: exactly one cluster, or nobody. */
class PeerCertificateTest {
    private static final String MINE = "spiffe://edge-mc/cluster/c1";
    private static final KeyPair KEYS = TestTls.keyPair();

    @Test
    void theOnlyNameIsTheCluster() {
        assertThat(PeerCertificate.of(certificate(TestTls.uri(MINE))))
                .hasValueSatisfying(
                        peer -> assertThat(peer.identity().clusterUid()).isEqualTo("c1"));
    }

    static Stream<List<GeneralName>> others() {
        return Stream.of(
                List.of(),
                List.of(TestTls.dns("c1")),
                List.of(TestTls.uri(MINE), TestTls.uri("spiffe://edge-mc/cluster/c2")),
                List.of(TestTls.uri(MINE), TestTls.dns("c2")));
    }

    @ParameterizedTest
    @MethodSource("others")
    void noneAndSeveralNamesAreNobody(List<GeneralName> names) {
        assertThat(PeerCertificate.of(certificate(names.toArray(GeneralName[]::new))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://edge-mc/cluster/c1/more",
                "spiffe://edge-mc/cluster/c1?x",
                "spiffe://edge-mc/cluster/C1",
                "spiffe://edge-mc/cluster/",
                "spiffe://edge-mc/cluster",
                "spiffe://edge-mc/clusters/c1",
                "spiffe://edge-mc.example.com/cluster/c1",
                "SPIFFE://edge-mc/cluster/c1",
                "x-spiffe://edge-mc/cluster/c1"
            })
    void whatMerelyResemblesAClusterIsNobody(String uri) {
        assertThat(PeerCertificate.of(certificate(TestTls.uri(uri)))).isEmpty();
    }

    private static X509Certificate certificate(GeneralName... names) {
        Purpose purpose =
                new Purpose(new X500Name("CN=c1"), false, KeyUsage.digitalSignature, List.of(), List.of(names));
        Instant now = Instant.now();
        return new CertificateForge(new SecureRandom())
                .sign(purpose, KEYS.getPublic(), null, KEYS.getPrivate(), now, now.plusSeconds(60));
    }
}
