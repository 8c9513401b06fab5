package io.edgemc.servers.kube;

import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for servers and users of one machine; P-256 keys; kept in two PEM files. */
public final class CertificateAuthority {
    /** Local edges are throw-away, and nobody renews them. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final X509CertificateHolder certificate;
    private final PrivateKey key;

    /** A certificate, or bare public key, and its private key, as PEM text. */
    public record Issued(String certificatePem, String keyPem) {
        /** Without the key: records end up in logs. */
        @Override
        public String toString() {
            return "Issued[" + certificatePem.length() + " characters]";
        }
    }

    private CertificateAuthority(X509CertificateHolder certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** The authority in {@code <name>.crt} and {@code <name>.key} of the folder, made where absent. */
    public static CertificateAuthority inFolder(Path folder, String name) throws IOException {
        Path keyFile = folder.resolve(name + ".key");
        Path certificateFile = folder.resolve(name + ".crt");
        if (Files.exists(certificateFile)) {
            return new CertificateAuthority(
                    (X509CertificateHolder) parse(Files.readString(certificateFile)),
                    new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parse(Files.readString(keyFile))));
        }
        CertificateAuthority made = make("edge-mc " + name);
        // The key first: where there is a certificate, there is its key.
        OwnerOnly.write(keyFile, pem(made.key));
        OwnerOnly.write(certificateFile, made.certificatePem());
        return made;
    }

    private static CertificateAuthority make(String commonName) throws IOException {
        try {
            KeyPair keys = newKeys();
            X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
            X509v3CertificateBuilder builder = builder(name, name, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            return new CertificateAuthority(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Every JDK signs with P-256", e);
        }
    }

    /** The authority's own certificate, PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** For a server on this machine, under the given further DNS names and addresses; also good as a client. */
    public Issued server(String commonName, List<String> dnsNames, List<String> addresses) throws IOException {
        GeneralNames names = new GeneralNames(Stream.concat(
                        dnsNames.stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)),
                        addresses.stream().map(ip -> new GeneralName(GeneralName.iPAddress, ip)))
                .toArray(GeneralName[]::new));
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        return issue(subject, names);
    }

    /** For a user of a Kubernetes API: the common name is the user, organizations are groups. */
    Issued client(String user, List<String> groups) throws IOException {
        X500NameBuilder subject = new X500NameBuilder();
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        subject.addRDN(BCStyle.CN, user);
        return issue(subject.build(), null);
    }

    private Issued issue(X500Name subject, @Nullable GeneralNames serverNames) throws IOException {
        try {
            KeyPair keys = newKeys();
            X509v3CertificateBuilder builder = builder(certificate.getSubject(), subject, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (serverNames == null) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            } else {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }));
                builder.addExtension(Extension.subjectAlternativeName, false, serverNames);
            }
            return new Issued(pem(sign(builder, key)), pem(keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Every JDK signs with P-256", e);
        }
    }

    /** Fresh keys without a certificate, for example to sign the tokens of service accounts. */
    static Issued bareKeys() {
        try {
            KeyPair keys = newKeys();
            return new Issued(pem(keys.getPublic()), pem(keys.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PrivateKey signer)
            throws OperatorCreationException {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
    }

    private static Object parse(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object parsed = parser.readObject();
            if (parsed == null) {
                throw new IOException("not a PEM file");
            }
            return parsed;
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            // PKCS#8, the one form that every reader takes.
            writer.writeObject(
                    object instanceof PrivateKey privateKey ? new JcaPKCS8Generator(privateKey, null) : object);
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory cannot fail", e);
        }
        return text.toString();
    }
}
