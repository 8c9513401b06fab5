package io.edgemc.mailbox.authority;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the listener takes from a client certificate that its authority signed.
 *
 * @param serial serial number in lower-case hex
 * @param notAfter end of validity; checked at every call, since a connection may outlive it
 */
public record PeerCertificate(ClusterIdentity identity, String serial, Instant notAfter) {
    private static final int URI = 6;

    /** The identity in a verified certificate: its only alternative name, a URI that is exactly one cluster's. */
    public static Optional<PeerCertificate> of(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
        if (names == null || names.size() != 1) {
            return Optional.empty();
        }
        List<?> name = names.iterator().next();
        if (!(name.get(0) instanceof Integer type) || type != URI || !(name.get(1) instanceof String uri)) {
            return Optional.empty();
        }
        return ClusterIdentity.parse(uri)
                .map(identity -> new PeerCertificate(
                        identity,
                        certificate.getSerialNumber().toString(16),
                        certificate.getNotAfter().toInstant()));
    }
}
