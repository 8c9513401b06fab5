package io.edgemc.syncer.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/**
 * A PKCS#10 certificate signing request for a P-256 key. Our own few lines of DER, as a library for it would cost more resident
 * memory than the rest of the syncer's code; a test checks them against one.
 */
public final class CertificateRequest {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";

    private CertificateRequest() {}

    /** A new P-256 key pair. */
    public static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has P-256", e);
        }
    }

    /** The signed request in PEM. The hub alone decides the identity, so the name is for people only. */
    public static String pem(KeyPair keys, String commonName) {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
        byte[] info = Der.sequence(Der.integer(0), name, keys.getPublic().getEncoded(), Der.context(0, new byte[0]));
        byte[] request = Der.sequence(info, Der.sequence(Der.oid(ECDSA_SHA256)), Der.bits(sign(keys, info)));
        return Pem.encode("CERTIFICATE REQUEST", request);
    }

    private static byte[] sign(KeyPair keys, byte[] info) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(info);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing a certificate request failed", e);
        }
    }
}
