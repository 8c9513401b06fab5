package io.edgemc.syncer.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM. Messages never carry key material. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String RSA_OID = "1.2.840.113549.1.1.1";
    private static final String EC_OID = "1.2.840.10045.2.1";
    private static final String P256_OID = "1.2.840.10045.3.1.7";
    private static final String P384_OID = "1.3.132.0.34";

    private Pem() {}

    /** All certificates of a text, in order; throws {@link IllegalArgumentException} if there is none. */
    public static List<X509Certificate> certificates(String pem) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> found = new ArrayList<>();
            Matcher block = BLOCK.matcher(pem);
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    found.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(decode(block.group(2)))));
                }
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no PEM certificate found");
            }
            return List.copyOf(found);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a PEM certificate does not parse: " + e.getMessage(), e);
        }
    }

    /** The first private key of a text: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
    public static PrivateKey privateKey(String pem) {
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            byte[] der = decode(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(der, "EC", "RSA", "Ed25519");
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(wrap(der, Der.sequence(Der.oid(RSA_OID), Der.none())), "RSA");
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(wrap(der, Der.sequence(Der.oid(EC_OID), Der.oid(curveOf(der)))), "EC");
                }
                default -> {
                    // Some tools put "EC PARAMETERS" or a certificate in front of the key.
                }
            }
        }
        throw new IllegalArgumentException("no PEM private key found");
    }

    /** One PEM block. */
    public static String encode(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] decode(String body) {
        return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] wrap(byte[] key, byte[] algorithm) {
        return Der.sequence(Der.integer(0), algorithm, Der.octets(key));
    }

    /** SEC 1 keys of P-384 hold a 48 byte number, those of P-256 one of 32 bytes; others are not in use for clients. */
    private static String curveOf(byte[] sec1) {
        int lengthAt = sec1[1] < 0 ? 2 + (sec1[1] & 0x7f) : 2;
        int size = sec1[lengthAt + 4] & 0xff;
        return size == 48 ? P384_OID : P256_OID;
    }

    private static PrivateKey pkcs8(byte[] der, String... algorithms) {
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                continue;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no " + algorithm + " in this Java runtime", e);
            }
        }
        throw new IllegalArgumentException("the private key is not of a known kind");
    }
}
