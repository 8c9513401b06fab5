package io.edgemc.mailbox.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * A signing request that proved possession of an acceptable key. It may name the cluster it is for; it may ask for nothing else.
 *
 * @param key EC on P-256 or P-384, or RSA of 2048 to 4096 bits
 * @param asked the one identity that it asks for, or null if it leaves that to the authority
 */
public record SigningRequest(PublicKey key, @Nullable ClusterIdentity asked) {
    /** Longest request that is read, in characters. */
    public static final int MAX_LENGTH = 12_000;

    private static final Set<Integer> EC_BITS = Set.of(256, 384);
    private static final int RSA_MIN_BITS = 2048;
    private static final int RSA_MAX_BITS = 4096;

    /** Reads and checks a PEM request; throws {@link SigningRequestRefusedException}. */
    public static SigningRequest parse(String pem) {
        if (pem.length() > MAX_LENGTH) {
            throw new SigningRequestRefusedException(
                    "the signing request is longer than " + MAX_LENGTH + " characters");
        }
        try {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest(Pem.read("CERTIFICATE REQUEST", pem));
            PublicKey key = request.getPublicKey();
            checkKey(key);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new SigningRequestRefusedException("the signing request is not signed by its own key");
            }
            return new SigningRequest(key, asked(request));
        } catch (IllegalArgumentException
                | IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException e) {
            throw new SigningRequestRefusedException("the signing request cannot be read");
        }
    }

    /** The identity that it asks for. */
    public Optional<ClusterIdentity> askedIdentity() {
        return Optional.ofNullable(asked);
    }

    private static void checkKey(PublicKey key) {
        boolean good = switch (key) {
            case ECPublicKey ec ->
                EC_BITS.contains(ec.getParams().getCurve().getField().getFieldSize());
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= RSA_MIN_BITS && rsa.getModulus().bitLength() <= RSA_MAX_BITS;
            default -> false;
        };
        if (!good) {
            throw new SigningRequestRefusedException("the key must be EC P-256 or P-384, or RSA of 2048 to 4096 bits");
        }
    }

    private static @Nullable ClusterIdentity asked(JcaPKCS10CertificationRequest request) {
        List<GeneralName> names = new ArrayList<>();
        for (Attribute attribute : request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            for (var value : attribute.getAttributeValues()) {
                Extension extension = Extensions.getInstance(value).getExtension(Extension.subjectAlternativeName);
                if (extension != null) {
                    names.addAll(List.of(
                            GeneralNames.getInstance(extension.getParsedValue()).getNames()));
                }
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        if (names.size() != 1 || names.getFirst().getTagNo() != GeneralName.uniformResourceIdentifier) {
            throw new SigningRequestRefusedException("a signing request may ask for one cluster URI and nothing else");
        }
        return ClusterIdentity.parse(names.getFirst().getName().toString())
                .orElseThrow(() -> new SigningRequestRefusedException("the URI asked for is not that of a cluster"));
    }
}
