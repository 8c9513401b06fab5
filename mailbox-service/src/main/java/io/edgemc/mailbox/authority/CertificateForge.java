package io.edgemc.mailbox.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Puts certificates together and signs them. */
final class CertificateForge {
    private static final int SERIAL_BITS = 127;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final SecureRandom random;

    CertificateForge(SecureRandom random) {
        this.random = random;
    }

    /** What a certificate is for; everything in it follows from that. */
    record Purpose(
            X500Name subject, boolean authority, int keyUsage, List<KeyPurposeId> extended, List<GeneralName> names) {
        static Purpose root() {
            return new Purpose(
                    new X500Name("CN=edge-mc agent authority"),
                    true,
                    KeyUsage.keyCertSign | KeyUsage.cRLSign,
                    List.of(),
                    List.of());
        }

        static Purpose server(Set<String> hostNames) {
            List<GeneralName> names = hostNames.stream()
                    .sorted()
                    .map(host -> new GeneralName(
                            ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host))
                    .toList();
            return new Purpose(
                    new X500Name("CN=edge-mc mailbox"),
                    false,
                    KeyUsage.digitalSignature,
                    List.of(KeyPurposeId.id_kp_serverAuth),
                    names);
        }

        static Purpose client(ClusterIdentity identity) {
            return new Purpose(
                    new X500Name("CN=" + identity.clusterUid()),
                    false,
                    KeyUsage.digitalSignature,
                    List.of(KeyPurposeId.id_kp_clientAuth),
                    List.of(new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri())));
        }
    }

    /** Signs; {@code issuer} is null for a certificate that signs itself. */
    X509Certificate sign(
            Purpose purpose,
            PublicKey subjectKey,
            @Nullable X509Certificate issuer,
            PrivateKey issuerKey,
            Instant from,
            Instant to) {
        try {
            BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
            X500Name issuerName = issuer == null
                    ? purpose.subject()
                    : X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName, serial, Date.from(from), Date.from(to), purpose.subject(), subjectKey);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose.authority()));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(purpose.keyUsage()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subjectKey));
            if (issuer != null) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuer));
            }
            if (!purpose.extended().isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(purpose.extended().toArray(KeyPurposeId[]::new)));
            }
            if (!purpose.names().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(purpose.names().toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(issuerKey)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
