package io.edgemc.mailbox.authority;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** What the listener shows to agents. */
public record ServerCredential(PrivateKey key, X509Certificate certificate) {
    @Override
    public String toString() {
        return "ServerCredential[" + certificate.getSubjectX500Principal() + "]";
    }
}
