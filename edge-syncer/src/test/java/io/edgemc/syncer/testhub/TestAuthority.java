package io.edgemc.syncer.testhub;

import java.io.StringReader;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Issues certificates as the hub does: it reads the request by a library, which also checks ours. */
public final class TestAuthority {
    private static final char[] PASSWORD = new char[0];

    private final KeyPair keys = newKeys();
    private final X500Name name = new X500Name("CN=test hub");
    private final AtomicLong serial = new AtomicLong(1);
    private final X509Certificate certificate = issue(name, keys.getPublic(), null, true, Duration.ofDays(1));

    public String caPem() {
        return io.edgemc.syncer.identity.Pem.encode("CERTIFICATE", encoded(certificate));
    }

    /** Certificate for a request, with the cluster's identity as its only alternative name. */
    public String sign(String csrPem, String uid, Duration life) {
        try (PEMParser parser = new PEMParser(new StringReader(csrPem))) {
            JcaPKCS10CertificationRequest csr =
                    new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            if (!csr.isSignatureValid(new JcaContentVerifierProviderBuilder().build(csr.getPublicKey()))) {
                throw new IllegalArgumentException("the request is not signed by its key");
            }
            X509Certificate issued = issue(
                    new X500Name("CN=" + uid),
                    csr.getPublicKey(),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://edge-mc/cluster/" + uid),
                    false,
                    life);
            return io.edgemc.syncer.identity.Pem.encode("CERTIFICATE", encoded(issued));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the listener: a certificate for 127.0.0.1, and trust in the clients that we issued. */
    public SSLContext serverTls() {
        try {
            KeyPair server = newKeys();
            X509Certificate chain = issue(
                    new X500Name("CN=listener"),
                    server.getPublic(),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    false,
                    Duration.ofDays(1));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", server.getPrivate(), PASSWORD, new Certificate[] {chain});
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(store, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return tls;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(
            X500Name subject,
            PublicKey key,
            @org.jspecify.annotations.Nullable GeneralName alternative,
            boolean authority,
            Duration life) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(now.minusSeconds(1)),
                    Date.from(now.plus(life)),
                    subject,
                    key);
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (alternative != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
