package io.edgemc.syncer.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who this cluster is at the hub.
 *
 * @param clusterUid exact identity, also in the certificate
 * @param chain certificate, then intermediates
 * @param hubCa what the hub's listener is verified by
 */
public record Identity(
        String clusterUid,
        String clusterName,
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> hubCa) {
    public Identity {
        chain = List.copyOf(chain);
        hubCa = List.copyOf(hubCa);
        if (clusterUid.isEmpty() || chain.isEmpty() || hubCa.isEmpty()) {
            throw new IllegalArgumentException("an identity has a uid, a certificate and the hub's CA");
        }
    }

    /** When two thirds of the certificate's life are over: time to renew. */
    public Instant renewAt() {
        Instant from = chain.getFirst().getNotBefore().toInstant();
        Instant until = chain.getFirst().getNotAfter().toInstant();
        return from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3));
    }

    @Override
    public String toString() {
        return "Identity[" + clusterName + ", " + clusterUid + "]";
    }
}
