package io.edgemc.syncer.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS contexts that trust given authorities only. */
public final class MutualTls {
    private static final char[] IN_MEMORY = new char[0];

    private MutualTls() {}

    /** With the identity's certificate, for the hub. */
    public static SSLContext of(Identity identity) {
        return context(identity.hubCa(), identity.key(), identity.chain());
    }

    /** Server authentication only. */
    public static SSLContext trusting(List<X509Certificate> authorities) {
        return context(authorities, null, List.of());
    }

    /**
     * @param key client key, null for none
     * @param chain its certificate chain, empty for none
     */
    public static SSLContext context(
            List<X509Certificate> authorities, @Nullable PrivateKey key, List<X509Certificate> chain) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities(authorities));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key == null ? null : keyManagers(key, chain), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyStore authorities(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        return store;
    }

    private static KeyManager[] keyManagers(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        return keys.getKeyManagers();
    }
}
