package io.edgemc.mailbox.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The certificate authority of the agents. It is made at the first start and kept in one folder ({@code ca.key}, {@code ca.pem},
 * both 0600). It signs the certificates of clusters and the listener's own. Thread-safe.
 */
public final class AgentAuthority {
    private static final Duration CA_VALIDITY = Duration.ofDays(3650);
    private static final Duration SERVER_VALIDITY = Duration.ofDays(825);
    /** Certificates begin a little in the past, since the clocks of edges are not exact. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;
    private final SecureRandom random;
    private final CertificateForge forge;

    private AgentAuthority(X509Certificate certificate, PrivateKey key, Clock clock, SecureRandom random) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.random = random;
        this.forge = new CertificateForge(random);
    }

    /** Opens the authority in a folder, or makes one there. Throws {@link IllegalStateException} if the folder holds half of one. */
    public static AgentAuthority open(Path folder, Clock clock, SecureRandom random) {
        Path keyFile = folder.resolve("ca.key");
        Path certificateFile = folder.resolve("ca.pem");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(keyFile, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(certificateFile, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IllegalStateException("the agent authority's key is missing: " + keyFile);
                }
                create(keyFile, certificateFile, clock, random);
            }
            return load(keyFile, certificateFile, clock, random);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the agent authority in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** A key pair of the kind that this authority makes for itself and the listener. */
    static KeyPair newKeyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** Certificate for a cluster's key; it says who the cluster is and is good for nothing but being a client. */
    public IssuedCertificate issueClient(ClusterIdentity identity, PublicKey clientKey, Duration validity) {
        Instant now = clock.instant();
        X509Certificate issued = forge.sign(
                CertificateForge.Purpose.client(identity),
                clientKey,
                certificate,
                key,
                now.minus(CLOCK_SKEW),
                now.plus(validity));
        return new IssuedCertificate(
                issued.getSerialNumber().toString(16),
                identity,
                issued.getNotAfter().toInstant(),
                pem(issued));
    }

    /** A new key and certificate for the listener. */
    public ServerCredential issueServer(Set<String> hostNames) {
        try {
            KeyPair pair = newKeyPair(random);
            Instant now = clock.instant();
            X509Certificate issued = forge.sign(
                    CertificateForge.Purpose.server(hostNames),
                    pair.getPublic(),
                    certificate,
                    key,
                    now.minus(CLOCK_SKEW),
                    now.plus(SERVER_VALIDITY));
            return new ServerCredential(pair.getPrivate(), issued);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key for the listener", e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's certificate, for agents to trust. */
    public String certificatePem() {
        return pem(certificate);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return Pem.write("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    private static void create(Path keyFile, Path certificateFile, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        KeyPair pair = newKeyPair(random);
        Instant now = clock.instant();
        X509Certificate own = new CertificateForge(random)
                .sign(
                        CertificateForge.Purpose.root(),
                        pair.getPublic(),
                        null,
                        pair.getPrivate(),
                        now.minus(CLOCK_SKEW),
                        now.plus(CA_VALIDITY));
        // The key last: a folder with a key is complete, whenever the process was stopped.
        Files.deleteIfExists(certificateFile);
        write(certificateFile, pem(own));
        write(keyFile, Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static AgentAuthority load(Path keyFile, Path certificateFile, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Pem.read("PRIVATE KEY", Files.readString(keyFile))));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificateFile)));
        return new AgentAuthority(certificate, key, clock, random);
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(fresh, text.getBytes(StandardCharsets.US_ASCII));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
